import { ANONYMOUS, asJob, type Context } from "@/domain/context";
import { logRequest } from "@/domain/requests/log";
import { authenticateToken } from "@/domain/tickets/authenticate-token";
import { createToken } from "@/domain/tickets/create-token";
import { issueTicketLink } from "@/domain/tickets/issue-link";
import { openTicketLink } from "@/domain/tickets/open-link";
import { addDays, shanghaiDay } from "@/lib/shanghai";

import type { Teller } from "./teller";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ADMIN = "qiao.jingyi@yunqiao.example";
const SUPPORT = "he.xiaoman@yunqiao.example";

/**
 * The ticket system has a token and has made a link, which its customer opened; support has made
 * one to a policy, and has entered what a developer wrote in a letter three days ago.
 */
export async function answerTickets({
  as,
  started,
}: Pick<Teller, "as" | "started">): Promise<void> {
  const ago = (ms: number) => new Date(started.getTime() - ms);
  const admin = await as(ADMIN, ago(20 * DAY));
  const { token } = await createToken(admin, {
    name: "工单系统（演示）",
    scopes: ["ticket_links"],
    expiresOn: addDays(shanghaiDay(admin.now), 365),
  });
  await linkOfTicketSystem({ ...admin, now: ago(5 * HOUR) }, token);

  const support = await as(SUPPORT, ago(2 * HOUR));
  await issueTicketLink(support, {
    wish: {
      ticketNumber: "T-2026-004698",
      purpose: "read_notice",
      notice: { policy: "im-privacy-guide", version: "3.2" },
      expiresInMinutes: 3 * 24 * 60,
    },
    idempotencyKey: null,
  });
  await logLetter({ ...support, now: ago(HOUR) }, ago(3 * DAY));
}

async function linkOfTicketSystem({ now, tx }: Context, token: string): Promise<void> {
  const within = tx && { tx };
  const known = await authenticateToken({ ...asJob("api", now), ...within }, { token });
  if (!("as" in known)) throw new Error("the token is not taken");
  const { url } = await issueTicketLink(
    { actor: known.as, now, ...within },
    {
      wish: {
        ticketNumber: "T-2026-004711",
        purpose: "file_request",
        prefill: {
          type: "delete",
          ground: "c",
          appName: "轻语",
          sdkAppId: "1400001287",
          facts: "我已经卸载轻语，请删除我的聊天记录和头像。",
          subjects: ["qingyu-20871"],
        },
      },
      idempotencyKey: "T-2026-004711-1",
    },
  );
  await openTicketLink(
    { actor: ANONYMOUS, now: new Date(now.getTime() + HOUR), ...within },
    { link: url.split("/").at(-1) ?? "" },
  );
}

const logLetter = (support: Context, receivedAt: Date) =>
  logRequest(support, {
    formId: "5b1d3c52-6c6e-4b39-9c55-0d0a5a3e7f11",
    channel: "post",
    receivedAt: receivedAt.toISOString(),
    ticketNumber: "T-2026-004698",
    capacity: "on_behalf",
    requesterName: "陆诗雨",
    email: "lu.shiyu@luming.example",
    replyTo: "",
    locale: "zh-CN",
    type: "copy",
    ground: "",
    uin: "100031562",
    accountName: "鹿鸣教育",
    appName: "",
    sdkAppId: "1400002044",
    facts: "受两位学员委托，请提供他们在鹿鸣课堂的聊天记录副本。委托书随信附上。",
    list: "luming-stu-0318\nluming-stu-0442",
    files: [],
  });
