import type { AccessUpdate, MemberRole, StaffRole } from "@/db/vocabulary/access";

import { startBroadcast } from "../broadcasts/start";
import type { RecordedStep } from "../verb";

type News = {
  event: AccessUpdate;
  /** What it is about: the person, or the account whose member they are. */
  subjectId: string;
  userIds: readonly string[];
  staffRoles?: readonly StaffRole[];
  account?: { name: string; uin: string };
  memberRole?: MemberRole;
};

/** Tells people, among their messages and by mail, what they may do here from now on. */
export async function tellAccess(step: RecordedStep, news: News): Promise<void> {
  const { event, subjectId, userIds, staffRoles = [], account, memberRole = null } = news;
  if (userIds.length === 0) return;
  await startBroadcast(step, {
    kind: "access_update",
    subjectId,
    facts: {
      ...{ event, staffRoles: [...staffRoles], memberRole, at: step.now.toISOString() },
      account: account ? { name: account.name, uin: account.uin } : null,
    },
    audience: { userIds: [...userIds] },
  });
}
