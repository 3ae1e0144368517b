import { listUnconfirmedContacts } from "@/domain/accounts/list-contacts";
import { listOwnDeregistrations } from "@/domain/deregistrations/read-own";
import { listOpenAdvice } from "@/domain/incidents/open-advice";
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
  const [pending, advice, requests, contacts, deregistrations] = await Promise.all([
    pendingAnswers(ctx, {}),
    listOpenAdvice(ctx, {}),
    listWaitingRequests(ctx, {}),
    listUnconfirmedContacts(ctx, {}),
    listOwnDeregistrations(ctx, {}),
  ]);
  return {
    ...{ pending, advice, requests, contacts, deregistrations },
    toConfirm: deregistrations.filter(({ needsReader }) => needsReader),
  };
}

export const countWaiting = ({ pending, advice, requests, contacts, toConfirm }: Waiting): number =>
  pending.count + advice.length + requests.count + contacts.length + toConfirm.length;
