import { ADVISED_ROLES } from "@/db/vocabulary/access";
import { listUndeclared } from "@/domain/accounts/declarations";
import { listUnconfirmedContacts } from "@/domain/accounts/list-contacts";
import type { Person } from "@/domain/context";
import { listOwnDeregistrations } from "@/domain/deregistrations/read-own";
import { listOpenAdvice } from "@/domain/incidents/open-advice";
import { listOwnPolicyTasks } from "@/domain/policies/own-policy";
import { pendingAnswers } from "@/domain/policies/pending-answers";
import { listWaitingRequests } from "@/domain/requests/read-own";
import { requireContext } from "@/server/session";

export type Waiting = Awaited<ReturnType<typeof readWaiting>>;

/**
 * Everything that waits for a member of an account: what the overview lists and
 * what the navigation counts are the same.
 */
export async function readWaiting() {
  const ctx = await requireContext("account.readOwn");
  const [pending, advice, told, requests, contacts, deregistrations, undeclared, ownPolicies] =
    await Promise.all([
      pendingAnswers(ctx, {}),
      listOpenAdvice(ctx, {}),
      listOpenAdvice(ctx, { ofOthers: readsForOthers(ctx.actor) }),
      listWaitingRequests(ctx, {}),
      listUnconfirmedContacts(ctx, {}),
      listOwnDeregistrations(ctx, {}),
      listUndeclared(ctx, {}),
      listOwnPolicyTasks(ctx, {}),
    ]);
  return {
    ...{ pending, advice, requests, contacts, deregistrations, undeclared, ownPolicies },
    /** What stands as a banner, the newest first; who may not act for an account sees it too. */
    banners: told
      .filter(({ isRequired, stands }) => isRequired && stands)
      .toSorted((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime()),
    toConfirm: deregistrations.filter(({ needsReader }) => needsReader),
  };
}

/** Whether the reader is a member somewhere who may not act on an incident; nobody else asks twice. */
const readsForOthers = ({ memberships }: Person): boolean =>
  memberships.some(({ role }) => !ADVISED_ROLES.some((one) => one === role));

export const countWaiting = (waiting: Waiting): number => {
  const { pending, advice, requests, contacts, toConfirm, undeclared, ownPolicies } = waiting;
  const lists = [advice, contacts, toConfirm, undeclared, ownPolicies];
  return pending.count + requests.count + lists.reduce((sum, { length }) => sum + length, 0);
};
