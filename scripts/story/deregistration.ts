import { createAccount } from "@/domain/accounts/create-account";
import { saveMember } from "@/domain/accounts/save-member";
import { type Context, type Person } from "@/domain/context";
import { confirmDeregistration } from "@/domain/deregistrations/confirm";
import { readOwnDeregistration } from "@/domain/deregistrations/read-own";
import { requestDeregistration } from "@/domain/deregistrations/request";

import type { Teller } from "./teller";

const HOUR = 3_600_000;
const ADMIN = "qiao.jingyi@yunqiao.example";
const ACCOUNT = { uin: "100068307", name: "拾光相册" };
const OWNERS = [
  { email: "jiang.xu@shiguang.example", name: "江叙" },
  { email: "wen.ya@shiguang.example", name: "闻雅" },
] as const;
const NOTHING_ELSEWHERE = { unansweredVersions: 0, openAdvice: 0 };

/** A small account stops its business: asked for by one owner, confirmed by the other, cooling off. */
export async function leaveAccount({ as, started }: Teller): Promise<void> {
  const before = (hours: number) => new Date(started.getTime() - hours * HOUR);
  const office = await as(ADMIN, before(24 * 60));
  const { id: accountId } = await createAccount(office, ACCOUNT);
  for (const owner of OWNERS)
    await saveMember(office, { accountId, ...owner, role: "owner", locale: "zh-CN" });

  const [first, second] = OWNERS;
  const asking = await as(first.email, before(51));
  await requestDeregistration(freshly(asking), {
    ...{ accountId, typedName: ACCOUNT.name, isSettled: true },
    elsewhere: NOTHING_ELSEWHERE,
  });
  const confirming = await as(second.email, before(46));
  const { open } = await readOwnDeregistration(confirming, {
    ...{ accountId, elsewhere: NOTHING_ELSEWHERE },
  });
  await confirmDeregistration(freshly(confirming), { id: open?.id ?? "" });
}

/** The same person, who has just signed in. */
function freshly(ctx: Context): Context {
  const actor = ctx.actor as Person;
  return { ...ctx, actor: { ...actor, signedInAt: ctx.now } };
}
