/** Everything the record can say, in the product's past tense. */
export const AUDIT_ACTIONS = [
  "document.created",
  "version.drafted",
  "version.edited",
  "version.submitted",
  "version.returned",
  "version.approved",
  "version.rejected",
  "version.withdrawn",
  "version.in_force",
  "version.archived",
  "acknowledgement.given",
  "acknowledgement.refused",
  "reminder.sent",
  "broadcast.started",
  "broadcast.finished",
  "account.imported",
  "account.created",
  "account.edited",
  "app.saved",
  "app.closed",
  "member.saved",
  "member.removed",
  "person.signed_in",
  "person.signed_out",
  "person.changed_language",
  "sign_in.requested",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const SUBJECT_TYPES = [
  "document",
  "version",
  "acknowledgement",
  "broadcast",
  "account",
  "app",
  "member",
  "person",
  "sign_in",
] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];
