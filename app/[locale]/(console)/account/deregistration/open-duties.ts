import type { Context, Person } from "@/domain/context";
import { listOpenAdvice } from "@/domain/incidents/open-advice";
import { pendingAnswers } from "@/domain/policies/pending-answers";

/** What the other rooms know of one account of the reader's: unanswered versions, advice not followed. */
export async function countOpenDuties(ctx: Context & { actor: Person }, accountId: string) {
  const here = (one: { accountId: string }) => one.accountId === accountId;
  const memberships = ctx.actor.memberships.filter(here);
  const [pending, advice] = await Promise.all([
    pendingAnswers(ctx, {}),
    memberships.length > 0
      ? listOpenAdvice({ ...ctx, actor: { ...ctx.actor, memberships } }, { ofOthers: true })
      : [],
  ]);
  return {
    unansweredVersions: pending.filter(here).length,
    openAdvice: advice.reduce((open, { items, done }) => open + items - done, 0),
  };
}
