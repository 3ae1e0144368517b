import type { DataStore } from "@/db/vocabulary/requests";
import { saveStore } from "@/domain/disposals/stores";

import type { Teller } from "./teller";

const HANDLER = "jiang.yingxue@yunqiao.example";

/** Who empties what, within how many days of an end of service, and when copies in backups expire. */
const STORES: Record<
  DataStore,
  { executor: string; zh: string; en: string; days: [number, number] }
> = {
  profile: {
    executor: "账号平台组",
    zh: "按应用删除用户资料和标识。",
    en: "Profiles and identifiers are deleted app by app.",
    days: [7, 30],
  },
  relations: {
    executor: "账号平台组",
    zh: "按应用删除好友和黑名单。",
    en: "Friends and block lists are deleted app by app.",
    days: [7, 30],
  },
  groups: {
    executor: "消息平台组",
    zh: "解散群组，删除成员关系和群资料。",
    en: "Groups are dissolved; their members and profiles are deleted.",
    days: [7, 30],
  },
  messages: {
    executor: "消息平台组",
    zh: "删除漫游和离线消息。",
    en: "Roaming and offline messages are deleted.",
    days: [15, 30],
  },
  media: {
    executor: "媒体存储组",
    zh: "删除存储桶，内容分发的缓存随之失效。",
    en: "The bucket is deleted, which ends its copies at the edge.",
    days: [15, 30],
  },
  logs: {
    executor: "安全组",
    zh: "网络日志到期自动删除，其余当场删除。",
    en: "Network logs are deleted when their period ends, all others at once.",
    days: [15, 0],
  },
  backups: {
    executor: "存储组",
    zh: "到期自动清除，其间不再读取。",
    en: "They expire by themselves and are not read meanwhile.",
    days: [30, 0],
  },
};

/** The vendor writes down where data lies. */
export async function tellStores({ as, started }: Teller): Promise<void> {
  const ctx = await as(HANDLER, new Date(started.getTime() - 41 * 86_400_000));
  for (const [store, { executor, zh, en, days }] of Object.entries(STORES))
    await saveStore(ctx, {
      ...{ store: store as DataStore, executor, carrier: "by_hand" },
      method: { "zh-CN": zh, en },
      ...{ dueDays: days[0], backupDays: days[1] },
    });
}
