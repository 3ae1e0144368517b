import { inArray } from "drizzle-orm";

import { accounts } from "@/db/schema";
import type { MemberRole } from "@/db/vocabulary/access";

import { tellAccess } from "../access/tell-access";
import type { RecordedStep } from "../verb";

/** What a person's part in an account has become. */
export type MemberMove = {
  userId: string;
  accountId: string;
  event: "member_added" | "member_changed" | "member_removed";
  role: MemberRole;
};

/** So many different messages are written for one run; beyond them everybody is told in general words. */
const MOST_MESSAGES = 200;

/**
 * Tells people what somebody else made of their memberships: each of them once a run, by message and
 * mail in their own language. Who has one change is told which; who has several, and everybody where
 * the run is large, is told to look at their accounts.
 */
export async function tellMembers(
  step: RecordedStep,
  { moves, runId }: { moves: readonly MemberMove[]; runId: string },
): Promise<void> {
  const ofPerson = groupBy(moves, ({ userId }) => userId);
  const single = [...ofPerson.values()].flatMap((own) => (own.length === 1 ? own : []));
  const alike = groupBy(single, ({ accountId, event, role }) => [accountId, event, role].join());
  const isLarge = alike.size > MOST_MESSAGES;
  const inGeneral = [...ofPerson].flatMap(([userId, own]) =>
    isLarge || own.length > 1 ? [userId] : [],
  );
  await tellAccess(step, {
    ...{ event: "memberships_changed", subjectId: runId, userIds: inGeneral },
  });
  if (isLarge || alike.size === 0) return;
  const known = await step.tx
    .select({ id: accounts.id, name: accounts.name, uin: accounts.uin })
    .from(accounts)
    .where(inArray(accounts.id, [...new Set(single.map(({ accountId }) => accountId))]));
  const named = new Map(known.map((account) => [account.id, account]));
  for (const those of alike.values()) {
    const [first] = those;
    const account = first && named.get(first.accountId);
    if (!account) continue;
    await tellAccess(step, {
      ...{ event: first.event, subjectId: account.id, account },
      userIds: those.map(({ userId }) => userId),
      ...(first.event !== "member_removed" && { memberRole: first.role }),
    });
  }
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
