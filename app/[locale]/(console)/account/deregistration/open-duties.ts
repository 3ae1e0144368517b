import { listOwnAccountNames } from "@/domain/access/find-accounts";
import type { Context, Person } from "@/domain/context";
import { readServiceLines } from "@/domain/deregistrations/service-lines";
import { listOpenAdvice } from "@/domain/incidents/open-advice";
import { pendingAnswers } from "@/domain/policies/pending-answers";

/**
 * What the other rooms know of one account of the reader's: unanswered versions, advice not followed; and what
 * the vendor's own interface knows of its service. Of an account that is not theirs nobody is asked.
 */
export async function countOpenDuties(ctx: Context & { actor: Person }, accountId: string) {
  const memberships = ctx.actor.memberships.filter((one) => one.accountId === accountId);
  const account = (await listOwnAccountNames(ctx, {})).find(({ id }) => id === accountId);
  const [service, pending, advice] = await Promise.all([
    account ? readServiceLines(account.uin) : { lines: {}, asOf: null, isAway: false },
    pendingAnswers(ctx, { accountId }),
    memberships.length > 0
      ? listOpenAdvice({ ...ctx, actor: { ...ctx.actor, memberships } }, { ofOthers: true })
      : [],
  ]);
  return {
    elsewhere: {
      unansweredVersions: pending.count,
      openAdvice: advice.reduce((open, { items, done }) => open + items - done, 0),
      service: service.lines,
    },
    service,
  };
}
