import type { z } from "zod";

import { EVIDENCE_SCOPES, LOOKED_AT } from "@/db/vocabulary/evidence";

import { DISPOSAL_ENTRIES } from "./disposal-entries";
import * as telling from "./broadcast-shapes";
import * as dealing from "./incident-shapes";
import * as choices from "./choice-shapes";
import * as shapes from "./shapes";

export const SUBJECT_TYPES = [
  "document",
  "version",
  "contact_card",
  "mail_route",
  "acknowledgement",
  "broadcast",
  "account",
  "app",
  "member",
  "person",
  "product",
  "sign_in",
  "calendar_year",
  "deregistration",
  "request",
  "incident",
  "notice",
  "audience",
  "template",
  "macro",
  "api_token",
  "ticket_link",
  "contact",
  "endpoint",
  "support_search",
  "suppression",
  "alarm",
  "retention",
  "way",
  "data_store",
  "service_end",
  "record",
] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** The subject, where the action's first word does not name it or it may be another (`or`); what is kept of it. */
type Entry = {
  subject?: SubjectType;
  or?: SubjectType | readonly SubjectType[];
  before?: z.ZodType;
  after?: z.ZodType;
};

const { shape, id, text, optional, day, moment, count, yes } = shapes;

/**
 * Everything the record can say, in the product's past tense, and the one shape each says it in,
 * whoever does it. Snapshots carry no secrets, and no more personal data than the thing itself.
 */
export const ENTRIES = {
  "document.created": { after: shapes.document },
  "document.renamed": { before: shapes.titles, after: shapes.titles },
  "document.discarded": { before: shapes.document },
  "version.drafted": { after: shape({ documentId: id, label: optional, from: optional }) },
  "version.brought_in": { after: shapes.broughtIn },
  "version.edited": { before: shapes.hash, after: shapes.hash.extend(shapes.saved) },
  "version.test_mailed": { after: shapes.testMailed },
  "version.import_confirmed": { after: shapes.importWarnings },
  "version.checks_explained": { after: shapes.explained },
  "version.discarded": { or: "document", before: shapes.discardedVersion },
  "version.submitted": { after: shapes.change },
  "version.returned": shapes.returned,
  /** The contact card changes before it takes effect: question 5 is answered by that. */
  "version.contacts_answered": { after: shape({ cardId: id }) },
  "version.approved": { after: shapes.change },
  "version.rejected": { after: shapes.rejected },
  "version.withdrawn": { after: shapes.withdrawn },
  "version.withdrawal_proposed": { after: shapes.reason },
  "version.withdrawal_refused": { after: shape({ reason: optional }) },
  "version.correction_proposed": { after: shapes.correction },
  "version.corrected": { after: shapes.correction },
  "version.correction_refused": { after: shapes.reason },
  "version.in_force": { after: shape({ label: optional, effectiveAt: moment.nullable() }) },
  "version.archived": { after: shape({ label: optional, supersededBy: optional }) },
  "contact_card.proposed": { after: shapes.card },
  "contact_card.approved": { before: shapes.card.nullable(), after: shapes.card },
  "contact_card.refused": { after: shapes.reason },
  "acknowledgement.given": { after: shapes.answer },
  "acknowledgement.refused": { after: shapes.answer },
  "reminder.sent": { subject: "version", after: shape({ broadcastId: id, people: count }) },
  "reminder.own_policies": { subject: "version", after: shapes.ownReminder },
  "ask.deferred": { subject: "account", after: shape({ versionId: id, until: day }) },
  "ask.deferral_ended": { subject: "version", after: shape({ people: count }) },
  "ask.waived": { subject: "account", after: shape({ versionId: id, reason: text }) },
  "ask.escalated": { subject: "version", after: shape({ accounts: count }) },
  "ask.written": { subject: "account", after: shapes.askMessage },
  "ask.settled": { subject: "account", after: shapes.askSettled },
  "app.stopped": { after: shapes.stop },
  "app.kit_taken": { after: shapes.kit },
  "app.own_policy_updated": {
    after: shape({ versionId: id, url: optional, updatedOn: day.nullable() }),
  },
  "app.attested": { after: shapes.attested },
  ...telling.TELLING_ENTRIES,
  "broadcast.cancelled": { after: shape({ people: count, reason: text }) },
  /** A member knows of it, for an account that it told: no answer. */
  "broadcast.known": { subject: "account", after: shapes.knowing },
  "broadcast.retried": { after: shape({ people: count }) },
  /** `people` had the first wave; the figures are of their mails. */
  "broadcast.wave_stopped": { after: shapes.waveStop },
  "broadcast.wave_followed": { after: shapes.waves },
  /** The file that was handed out of it for one account, by the hash of its list. */
  "evidence.taken": { subject: "broadcast", after: shape({ accountId: id, manifestHash: text }) },
  /** Somebody began to take what there is about a thing, or of some days; `accountId` is whose it is. */
  "evidence.opened": { subject: "account", or: EVIDENCE_SCOPES, after: shapes.gathering },
  "evidence.gathered": { subject: "account", or: EVIDENCE_SCOPES, after: shapes.gathered },
  /** What somebody saw at a moment was looked at, or one telling as it was told to them. */
  "evidence.looked_back": { subject: "account", or: LOOKED_AT, after: shapes.lookBack },
  "account.imported": { after: shapes.importSum },
  "account.created": { after: shapes.accountName.extend({ uin: text, ...shapes.imported }) },
  "account.edited": {
    before: shapes.accountName,
    after: shapes.accountName.extend(shapes.imported),
  },
  "account.closed": { after: shape({ uin: text, ...shapes.imported }) },
  "app.saved": { before: shapes.app.optional(), after: shapes.app.extend(shapes.imported) },
  "app.declared": { before: shapes.declaration.optional(), after: shapes.declaration },
  "account.put_off_declarations": { after: shape({ until: moment }) },
  "app.closed": { before: shapes.closing, after: shapes.closing.extend(shapes.imported) },
  "member.saved": {
    before: shapes.member.optional(),
    after: shapes.member.extend({ renamed: yes, ...shapes.imported }),
  },
  "member.removed": { before: shapes.member, after: shapes.member.extend(shapes.imported) },
  "member.address_changed": { after: shapes.addressChange },
  "person.signed_in": { after: shapes.signIn },
  "person.signed_out": {},
  /** Of an account's data where it names one. */
  "person.began_export": { after: shape({ accountId: optional }) },
  "person.took_export": { after: shape({ accountId: optional, rows: count, files: count }) },
  "person.ended_sessions": { after: shape({ sessions: count }) },
  "person.started_factor": {},
  "person.added_factor": { after: shapes.factor },
  "person.removed_factor": { before: shapes.factor },
  "person.made_recovery_codes": { after: shape({ codes: count }) },
  "person.proved_factor": { after: shapes.proof },
  "person.failed_factor": {},
  "person.refused_passkey": {},
  "person.reset_factors": { after: shapes.reason },
  "person.ended_sessions_of": { after: shapes.reason.extend({ sessions: count }) },
  "person.linked_identity": { after: shape({ provider: text }) },
  "person.changed_language": { before: shapes.language, after: shapes.language },
  /** An administrator's: confirmed by the actor, proposed by another one. */
  "person.granted_role": { after: shapes.staffing.extend({ proposedBy: id.optional() }) },
  "person.lost_role": { after: shapes.staffing.extend({ sessions: count }) },
  "person.admin_proposed": {},
  "person.admin_proposal_dropped": {},
  "product.saved": { after: shapes.product },
  "product.stop_guide_saved": { before: shapes.ways, after: shapes.ways },
  "request.filed": { after: shapes.request },
  "request.answered_by_requester": { after: shape({ hasMessage: yes, file: optional }) },
  "request.answered_by_developer": { after: shapes.developerAnswer },
  "request.withdrawn": {},
  "request.appealed": { after: shape({ dueDate: day }) },
  "person.created": {},
  "person.erased": { after: shape({ accountId: id }) },
  "person.address_erased": {},
  "sign_in.requested": {},
  "sign_in.mailed": {},
  "sign_in.failed": {},
  "alarm.raised": { after: shape({ pattern: text, count }) },
  "calendar.year_saved": {
    subject: "calendar_year",
    before: shapes.year.optional(),
    after: shapes.year,
  },
  "request.assigned": { before: shapes.handler, after: shapes.handler },
  "request.asked": {},
  "request.verified": {},
  "request.routed": { after: shapes.routing },
  "request.taken_back": {},
  "request.linked": { after: shape({ duplicateOf: id.nullable() }) },
  "request.message_sent": { after: shapes.files },
  "request.noted": {},
  "request.proposed": { after: shapes.decision.extend(shapes.files.shape) },
  "request.approved": { after: shapes.decision.extend({ decisionId: id }) },
  "request.sent_back": { after: shape({ decisionId: id }) },
  "request.reopened": { before: shape({ decisionId: id.nullable() }) },
  "request.disposal_planned": { after: shapes.plan },
  "request.disposal_dropped": { before: shapes.disposal },
  "request.disposal_done": { after: shapes.disposal },
  "request.answered": {
    after: shapes.decision.extend({ receiptNumber: optional, answerHash: text.optional() }),
  },
  "request.receipt_issued": { after: shape({ number: text, factsHash: text }) },
  "request.subjects_shown": { after: shape({ count }) },
  "request.file_viewed": { after: shape({ fileId: id, sha256: text }) },
  "request.extended": { before: shape({ dueDate: day }), after: shape({ dueDate: day }) },
  "request.due_moved": { before: shapes.due, after: shapes.due },
  "request.reminded": { after: shapes.reminder },
  "request.logged": { after: shapes.logged },
  "request.stop_confirmed": { after: shape({ stoppedAt: moment }) },
  ...DISPOSAL_ENTRIES,
  "retention.purged": { after: shape({ count, days: count }) },
  "retention.held": { after: shapes.retentionHold },
  "retention.lifted": { before: shape({ hold: id }) },
  "incident.opened": { after: dealing.incident },
  "incident.edited": { before: dealing.incident, after: dealing.incident },
  "incident.moved": { before: dealing.move, after: dealing.move },
  "incident.rehearsal_ended": { before: dealing.move, after: dealing.rehearsalEnd },
  "incident.containment_begun": { after: dealing.containment },
  "incident.step_settled": { after: dealing.containmentStep },
  "incident.step_taken_back": { before: dealing.containmentStep },
  "incident.report_saved": { after: dealing.report },
  "incident.report_handed_in": { after: dealing.reportHandedIn },
  "incident.proposed": { after: dealing.proposal },
  "incident.proposal_refused": { after: dealing.proposal },
  "incident.proposal_approved": { before: dealing.move, after: dealing.proposalDone },
  "incident.grade_proposed": { before: dealing.grade, after: dealing.regrade },
  "incident.grade_changed": { before: dealing.grade, after: dealing.regrade },
  "incident.grade_refused": { before: dealing.grade, after: dealing.regrade },
  "notice.drafted": { after: shapes.draft },
  "notice.test_mailed": { after: shapes.testMailed },
  "notice.checks_explained": { after: shapes.noticeExplained },
  "notice.edited": { before: shapes.edit, after: shapes.edit.extend(shapes.saved) },
  "notice.audience_set": { before: shapes.rule, after: shapes.rule },
  "notice.discarded": { or: "incident", before: shapes.draft },
  "notice.submitted": { after: shapes.hash.extend(shapes.audience.shape) },
  "notice.returned": shapes.returned,
  "notice.approved": { after: shapes.noticeApproved },
  "notice.sent_alone": {
    after: shapes.hash.extend({
      ...{ ...shapes.audience.shape, broadcastId: id, reason: text, lookDueAt: moment },
    }),
  },
  "notice.looked_at": { after: dealing.look },
  "notice.unseen": { after: shape({ lookDueAt: moment }) },
  "notice.went_out": { after: shapes.wentOut },
  "notice.taken_back": { before: shapes.hash.extend({ goesOutAt: shapes.moment }) },
  "notice.rejected": { after: shapes.rejected },
  "notice.withdrawal_proposed": { after: shapes.reason },
  "notice.withdrawal_refused": { after: shape({ reason: optional }) },
  "notice.withdrawn": { after: shapes.withdrawn },
  "api_token.created": { after: shapes.token },
  "api_token.rotated": { after: shapes.rotation },
  "api_token.revoked": { after: shape({ accountId: id }).optional() },
  "ticket_link.issued": { after: shapes.ticket.extend({ expiresAt: moment }) },
  "ticket_link.opened": { after: shapes.ticket },
  "ticket_link.revoked": { after: shapes.ticket },
  "invitation.sent": { subject: "account", after: shapes.invitation },
  "invitation.handing_over": { subject: "account", after: shapes.invitation },
  "invitation.mailed": { subject: "account", after: shapes.invitation },
  "invitation.withdrawn": { subject: "account", after: shapes.invitation },
  "invitation.accepted": { subject: "account", after: shapes.invitation },
  "invitation.declined": { subject: "account", after: shapes.invitation },
  "contact.added": { after: shapes.contact },
  "contact.mailed": { after: shapes.contact },
  "contact.verified": { after: shapes.contact },
  "contact.removed": { after: shapes.contact },
  "subscription.asked": { subject: "sign_in" },
  "subscription.confirmed": { subject: "person", after: choices.subscription },
  "subscription.changed": { subject: "person", ...choices.subscriptionChange },
  "subscription.ended": { subject: "person" },
  "endpoint.added": { after: choices.endpoint },
  "endpoint.changed": { before: choices.endpoint, after: choices.endpoint },
  "endpoint.address_changed": { before: choices.endpointHost, after: choices.endpointHost },
  "endpoint.secret_changed": { after: choices.endpointOwner },
  "endpoint.tested": { after: choices.endpointOwner },
  "endpoint.replayed": { after: choices.endpointOwner.extend({ dispatchId: id }) },
  "person.checked_number": { after: choices.numberCheck },
  "endpoint.removed": { after: choices.endpointEnd },
  "endpoint.ended": { after: choices.endpointEnd },
  "person.changed_visibility": { before: choices.visibility, after: choices.visibility },
  "person.changed_mails": { before: choices.mails, after: choices.mails },
  "person.changed_checkpoint_mails": choices.checkpointMails,
  "person.changed_handler_mails": choices.handlerMails,
  "advice.followed": { subject: "app", after: shapes.advice },
  "advice.unfollowed": { subject: "app", before: shapes.advice },
  "support.searched": { subject: "support_search", after: choices.search },
  "suppression.lifted": { before: shapes.suppression, after: shape({ note: text }) },
  "record.events_sealed": { after: shapes.eventsSealed },
  "record.key_begun": { after: shapes.recordKey },
  "record.erased": { after: shapes.erasure },
  /** The database was restored, or another server leads: what was done before a mail left. */
  "record.restored": { after: shapes.restore },
  /** Leaves that a restore has lost, up to what was signed last; a new key goes on from there. */
  "record.continued": { after: shapes.gap },
  /** Somebody had the names of people shown in the list of the record. */
  "record.names_read": {},
  "account.looked_up": {},
  "person.looked_up": {},
} satisfies Record<string, Entry>;

export type AuditAction = keyof typeof ENTRIES;
type Of<Action extends AuditAction> = (typeof ENTRIES)[Action];

type Side<Has, Name extends "before" | "after"> =
  Has extends Record<Name, infer Schema extends z.ZodType>
    ? undefined extends z.input<Schema>
      ? { [Key in Name]?: z.input<Schema> }
      : { [Key in Name]: z.input<Schema> }
    : { [Key in Name]?: never };

type OneOf<Subjects> = Subjects extends readonly (infer One)[] ? One : Subjects;

/** What an action says of one subject. */
export type Change<Action extends AuditAction> = Action extends AuditAction
  ? { id: string; subject?: Of<Action> extends { or: infer Other } ? OneOf<Other> : never } & Side<
      Of<Action>,
      "before"
    > &
      Side<Of<Action>, "after">
  : never;

/** The snapshots of an action. @example After<"app.saved"> */
export type After<Action extends AuditAction> = Change<Action>["after"];

export const isAuditAction = (action: string): action is AuditAction =>
  Object.hasOwn(ENTRIES, action);
export const AUDIT_ACTIONS = Object.keys(ENTRIES).filter(isAuditAction);

export const entryOf = (action: AuditAction): Entry => ENTRIES[action];

/** What an action is about, unless its entry says otherwise. */
export function subjectOf(action: AuditAction): SubjectType {
  const subject =
    entryOf(action).subject ?? SUBJECT_TYPES.find((type) => action.startsWith(`${type}.`));
  if (!subject) throw new Error(`${action} has no subject`);
  return subject;
}
