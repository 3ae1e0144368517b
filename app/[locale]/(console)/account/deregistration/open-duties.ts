import type { Context, Person } from "@/domain/context";
import { listOpenAdvice } from "@/domain/incidents/open-advice";
import { pendingAnswers } from "@/domain/policies/pending-answers";

/** What the other rooms know of one account of the reader's: unanswered versions, advice not followed. */
export async function countOpenDuties(ctx: Context & { actor: Person }, accountId: string) {
  const memberships = ctx.actor.memberships.filter((one) => one.accountId === accountId);
  const [pending, advice] = await Promise.all([
    pendingAnswers(ctx, { accountId }),
    memberships.length > 0
      ? listOpenAdvice({ ...ctx, actor: { ...ctx.actor, memberships } }, { ofOthers: true })
      : [],
  ]);
  return {
    unansweredVersions: pending.count,
    openAdvice: advice.reduce((open, { items, done }) => open + items - done, 0),
  };
}
