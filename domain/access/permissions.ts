import { MEMBER_ROLES, type MemberRole, STAFF_ROLES, type StaffRole } from "@/db/vocabulary/access";
import type { TokenScope } from "@/db/vocabulary/tickets";

import type { Actor, Membership, Person } from "../context";
import { NotAllowed, NotFound } from "../errors";

/**
 * `anyone`: no sign-in needed. `person`: any signed-in person. `member`: a member of some account.
 * `token:…`: an API token with that scope.
 */
type Grant = StaffRole | `token:${TokenScope}` | "anyone" | "person" | "member" | "job";

/** The one table of what each kind of actor may do. Whose account it is, is checked by `membershipIn`. */
export const GRANTS = {
  "policy.read": ["anyone"],
  "policy.readDrafts": ["author", "approver", "auditor", "admin"],
  "policy.draft": ["author"],
  "policy.review": ["approver"],
  "policy.activate": ["job"],
  "policy.remind": ["author", "job"],
  "policy.remindDeferred": ["job"],
  "policy.remindOwnPolicies": ["job"],
  "policy.escalate": ["job"],
  "policy.waive": ["author", "approver"],
  "policy.settleAsk": ["author", "support"],
  "policy.writeToAccount": ["author", "support"],
  "policy.writeBack": ["member"],
  "policy.readCoverage": ["author", "approver", "support", "auditor", "admin"],
  "policy.answer": ["member"],
  "policy.readOwnAnswers": ["member"],
  "broadcast.read": ["author", "approver", "support", "auditor", "admin"],
  "broadcast.reconcile": ["author", "approver", "support", "auditor", "admin", "job"],
  "broadcast.deliver": ["job"],
  "broadcast.recordEvent": ["job"],
  "broadcast.steer": ["author", "approver"],
  "withdrawal.propose": ["author", "approver"],
  "withdrawal.review": ["approver"],
  "route.read": ["author", "approver", "support", "auditor", "admin"],
  "route.propose": ["author", "admin"],
  "route.review": ["approver"],
  "suppression.read": ["author", "approver", "support", "auditor", "admin"],
  "suppression.lift": ["author", "support"],
  "unreached.read": ["author", "approver", "support", "auditor", "admin"],
  "unreached.settle": ["author", "support"],
  "reach.measure": ["job"],
  "contact.ask": ["job"],
  "announcement.read": ["anyone"],
  /** By the key that each of these mails carries. */
  "access.chooseMails": ["anyone"],
  "subscription.ask": ["anyone"],
  "subscription.hold": ["anyone"],
  "subscription.mail": ["job"],
  "notice.readPublished": ["anyone"],
  "notice.readDrafts": ["author", "approver", "auditor", "admin"],
  "notice.draft": ["author"],
  "notice.review": ["approver"],
  /** Besides it takes a role that reads drafts. */
  "notice.sendAlone": ["responder"],
  "notice.alarmUnseen": ["job"],
  "notice.goOut": ["job"],
  "notice.followAdvice": ["member"],
  "incident.manage": ["author"],
  "incident.propose": ["author", "approver"],
  "contact.manageOwn": ["member"],
  "endpoint.readOwn": ["member"],
  "endpoint.manageOwn": ["member"],
  /** By the mark of the browser itself. */
  "endpoint.renewBrowser": ["anyone"],
  "contact.verify": ["anyone"],
  "contact.mail": ["job"],
  "calendar.read": ["anyone"],
  "calendar.readDesk": ["handler", "support", "auditor", "admin"],
  "calendar.manage": ["admin", "job"],
  "request.file": ["person"],
  "request.readOwn": ["person"],
  "request.log": ["support", "handler"],
  "request.read": ["handler", "auditor"],
  "request.readAsStaff": ["handler", "approver", "auditor"],
  "request.readStatus": ["handler", "support", "auditor"],
  "request.handle": ["handler"],
  "request.review": ["handler", "approver"],
  "request.readWays": ["handler", "auditor"],
  "request.keepWays": ["handler"],
  "request.readMacros": ["handler", "auditor"],
  "request.keepMacros": ["handler"],
  "request.remind": ["job"],
  "disposal.open": ["job"],
  "disposal.read": ["handler", "auditor", "admin"],
  "disposal.complete": ["handler"],
  "disposal.keepStores": ["handler", "admin"],
  "disposal.deleteUsers": ["job"],
  "retention.purge": ["job"],
  "retention.read": ["handler", "auditor", "admin"],
  "retention.hold": ["handler", "admin"],
  "deregistration.readOwn": ["member"],
  "deregistration.request": ["member"],
  "deregistration.read": ["handler", "auditor", "admin"],
  "deregistration.readCertificate": ["anyone"],
  "deregistration.execute": ["job"],
  "deregistration.pause": ["handler", "admin"],
  "ticket.issueLink": ["token:ticket_links", "support"],
  "ticket.openLink": ["anyone"],
  "ticket.view": ["support", "auditor"],
  "ticket.readCallback": ["support", "auditor", "admin"],
  "ticket.manageCallback": ["admin"],
  "token.manage": ["admin"],
  "token.readOwn": ["member"],
  "token.manageOwn": ["member"],
  "inbox.readOwn": ["person"],
  "inbox.know": ["member"],
  "account.readOwn": ["member"],
  "member.manageOwn": ["member"],
  "invitation.answer": ["person"],
  "app.manageOwn": ["member"],
  "account.read": ["author", "approver", "handler", "support", "auditor", "admin"],
  "account.manage": ["admin"],
  "account.readSynced": ["token:accounts_read", "token:accounts_write"],
  "app.readCompliance": ["token:compliance_read"],
  "account.readSyncs": ["auditor", "admin"],
  "account.sync": ["token:accounts_write"],
  "account.runSync": ["job"],
  "access.requestSignIn": ["anyone"],
  "access.authenticateToken": ["job"],
  "access.signIn": ["anyone"],
  "access.mailSignIn": ["job"],
  "access.readSession": ["job"],
  "access.spendBudget": ["job"],
  "access.changeOwn": ["person"],
  "access.manageStaff": ["job"],
  "product.manage": ["admin", "job"],
  "audit.read": ["auditor", "admin"],
  "audit.seal": ["job"],
  "audit.readCheckpoint": ["anyone"],
  "evidence.take": ["member", "auditor", "admin"],
  "evidence.gather": ["person"],
  "evidence.lookBack": ["support", "auditor"],
  "security.read": ["auditor", "admin"],
  "security.note": ["job"],
  "staff.home": STAFF_ROLES,
  "staff.read": ["auditor", "admin"],
  "staff.manage": ["admin"],
} as const satisfies Record<string, readonly Grant[]>;

export type Permission = keyof typeof GRANTS;

/** Whether the actor holds the permission; pages hide what `authorize` would refuse. */
export function may(actor: Actor, permission: Permission): boolean {
  const grants: readonly Grant[] = GRANTS[permission];
  return grants.some((grant) => holds(actor, grant));
}

/** @throws NotAllowed when the actor does not hold the permission. */
export function authorize(actor: Actor, permission: Permission): void {
  if (!may(actor, permission)) throw new NotAllowed("errors.notAllowed");
}

/**
 * The actor's membership in an account.
 * @throws NotFound for somebody else's account, so that its existence is not told;
 * NotAllowed where the member's role is not among `roles`.
 */
export function membershipIn(
  actor: Actor,
  accountId: string,
  roles: readonly MemberRole[] = MEMBER_ROLES,
): Membership {
  const membership =
    actor.kind === "person" ? actor.memberships.find((m) => m.accountId === accountId) : undefined;
  if (!membership) throw new NotFound("errors.notFound");
  if (!roles.includes(membership.role)) throw new NotAllowed("errors.notAllowed");
  return membership;
}

/** The signed-in person behind an actor. @throws NotAllowed for jobs and strangers. */
export function person(actor: Actor): Person {
  if (actor.kind !== "person") throw new NotAllowed("errors.notAllowed");
  return actor;
}

function holds(actor: Actor, grant: Grant): boolean {
  if (grant === "anyone") return true;
  if (actor.kind === "job") return grant === "job";
  if (actor.kind === "token") return actor.scopes.some((scope) => grant === `token:${scope}`);
  if (actor.kind === "anonymous" || grant === "job" || grant.startsWith("token:")) return false;
  if (grant === "person") return true;
  if (grant === "member") return actor.memberships.length > 0;
  return actor.staffRoles.some((role) => role === grant);
}
