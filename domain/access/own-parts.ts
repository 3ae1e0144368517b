import { type SQL, sql } from "drizzle-orm";

import { down, up } from "../page";
import { browsersOf } from "./own-browser-parts";
import { moment, oldest, type Part, type Parts } from "./own-part";
import { requestParts } from "./own-request-parts";

/** What is held about a person, in the order in which it is told. */
export const personParts = ({ id, email }: { id: string; email: string }): Parts => ({
  ...belongings(id, email),
  ...browsersOf(id),
  ...entrances(id, email),
  ...tellings(id, email),
  ...handling(id),
  ...requestParts({
    own: sql`r.requester_id = ${id}`,
    drafts: sql`d.owner_id = ${id}`,
    readerId: id,
  }),
  acts: {
    tables: ["audit_entries"],
    columns: {
      ...{ at: moment(sql`e.at`), act: sql`e.action` },
      ...{ subjectType: sql`e.subject_type`, subjectId: sql`e.subject_id` },
    },
    from: sql`audit_entries e`,
    where: sql`(e.actor_id = ${id} or e.subject_type = 'person' and e.subject_id = ${id})`,
    keys: [up("number", sql`e.seq`)],
  },
});

const mailChoiceColumns = {
  wantsAnnouncementMails: sql`u.wants_announcement_mails`,
  wantsMinorChangeMails: sql`u.wants_minor_change_mails`,
  announcementsDaily: sql`u.announcements_daily`,
  minorChangesDaily: sql`u.minor_changes_daily`,
  mutedPushes: sql`u.muted_pushes`,
};

const belongings = (id: string, email: string): Parts => ({
  person: {
    tables: ["users"],
    columns: {
      ...{ name: sql`u.name`, email: sql`u.email`, locale: sql`u.locale` },
      ...mailChoiceColumns,
      ...{ showsAddress: sql`u.shows_address`, createdAt: moment(sql`u.created_at`) },
    },
    from: sql`users u`,
    where: sql`u.id = ${id}`,
    keys: [up("uuid", sql`u.id`)],
  },
  formerAddresses: {
    tables: ["former_addresses"],
    columns: { email: sql`f.address`, changedAt: moment(sql`f.changed_at`) },
    from: sql`former_addresses f`,
    where: sql`f.user_id = ${id}`,
    keys: [up("moment", sql`f.changed_at`), up("text", sql`f.address`)],
  },
  memberships: {
    tables: ["members"],
    columns: {
      ...{ account: sql`a.name`, uin: sql`a.uin`, role: sql`m.role` },
      ...{ joinedAt: moment(sql`m.joined_at`), leftAt: moment(sql`m.left_at`) },
    },
    from: sql`members m join accounts a on a.id = m.account_id`,
    where: sql`m.user_id = ${id}`,
    keys: oldest(sql`m.joined_at`, sql`m.id`),
  },
  contacts: {
    tables: ["contacts"],
    columns: {
      ...{ account: sql`a.name`, uin: sql`a.uin`, contactKind: sql`k.kind`, name: sql`k.name` },
      ...{ addedAt: moment(sql`k.added_at`), verifiedAt: moment(sql`k.verified_at`) },
      removedAt: moment(sql`k.removed_at`),
    },
    from: sql`contacts k join accounts a on a.id = k.account_id`,
    where: sql`k.user_id = ${id}`,
    keys: oldest(sql`k.added_at`, sql`k.id`),
  },
  invitations: {
    tables: ["member_invitations"],
    columns: {
      ...{ account: sql`a.name`, uin: sql`a.uin`, role: sql`i.role` },
      ...{ invitedAt: moment(sql`i.invited_at`), expiresAt: moment(sql`i.expires_at`) },
      endedAt: moment(sql`i.ended_at`),
    },
    from: sql`member_invitations i join accounts a on a.id = i.account_id`,
    where: sql`i.email = ${email}`,
    keys: oldest(sql`i.invited_at`, sql`i.id`),
  },
  subscriptions: {
    tables: ["subscriptions"],
    columns: {
      products: sql`array(select p.slug from products p where p.id = any(s.product_ids) order by 1)`,
      announcements: sql`s.announcements`,
      documents: sql`array(select p.slug from policy_documents p where p.id = any(s.document_ids) order by 1)`,
      confirmedAt: moment(sql`s.confirmed_at`),
    },
    from: sql`subscriptions s`,
    where: sql`s.user_id = ${id}`,
    keys: [up("uuid", sql`s.user_id`)],
  },
  staffRoles: {
    tables: ["staff_roles"],
    columns: { staffRole: sql`s.role`, grantedAt: moment(sql`s.granted_at`) },
    from: sql`staff_roles s`,
    where: sql`s.user_id = ${id}`,
    keys: [up("text", sql`s.role`)],
  },
  adminProposals: {
    tables: ["admin_proposals"],
    columns: { proposedAt: moment(sql`p.proposed_at`) },
    from: sql`admin_proposals p`,
    where: sql`p.user_id = ${id}`,
    keys: [up("uuid", sql`p.user_id`)],
  },
});

const entrances = (id: string, email: string): Parts => ({
  identities: {
    tables: ["oidc_identities"],
    columns: { provider: sql`o.provider`, subject: sql`o.subject` },
    from: sql`oidc_identities o`,
    where: sql`o.user_id = ${id}`,
    keys: [up("uuid", sql`o.id`)],
  },
  factors: {
    tables: ["factors"],
    columns: {
      ...{ factorKind: sql`f.kind`, name: sql`f.name`, createdAt: moment(sql`f.created_at`) },
      ...{ confirmedAt: moment(sql`f.confirmed_at`), lastUsedAt: moment(sql`f.last_used_at`) },
    },
    from: sql`factors f`,
    where: sql`f.user_id = ${id}`,
    keys: oldest(sql`f.created_at`, sql`f.id`),
  },
  recoveryCodes: {
    tables: ["recovery_codes"],
    columns: { createdAt: moment(sql`c.created_at`), usedAt: moment(sql`c.used_at`) },
    from: sql`recovery_codes c`,
    where: sql`c.user_id = ${id}`,
    keys: [up("text", sql`c.code_hash`)],
  },
  factorFailures: {
    tables: ["factor_failures"],
    columns: { at: moment(sql`f.at`) },
    from: sql`factor_failures f`,
    where: sql`f.user_id = ${id}`,
    keys: oldest(sql`f.at`, sql`f.id`),
  },
  sessions: {
    tables: ["sessions"],
    columns: {
      ...{ device: sql`s.device`, network: sql`s.network`, createdAt: moment(sql`s.created_at`) },
      ...{ lastSeenAt: moment(sql`s.last_seen_at`), expiresAt: moment(sql`s.expires_at`) },
    },
    from: sql`sessions s`,
    where: sql`s.user_id = ${id}`,
    keys: oldest(sql`s.created_at`, sql`s.id`),
  },
  signInRequests: {
    tables: ["sign_in_requests"],
    columns: {
      ...{ purpose: sql`s.purpose`, requestedAt: moment(sql`s.requested_at`) },
      ...{ mailedAt: moment(sql`s.mailed_at`), usedAt: moment(sql`s.used_at`) },
    },
    from: sql`sign_in_requests s`,
    where: sql`s.email = ${email}`,
    keys: oldest(sql`s.requested_at`, sql`s.id`),
  },
  securityRecords: {
    tables: ["security_events"],
    columns: {
      ...{ at: moment(sql`s.at`), kind: sql`s.kind`, network: sql`s.network` },
      ...{ device: sql`s.device`, what: sql`s.what` },
    },
    from: sql`security_events s`,
    where: sql`s.user_id = ${id}`,
    keys: oldest(sql`s.at`, sql`s.id`),
  },
  securityAlarms: {
    tables: ["security_alarms"],
    columns: {
      ...{ at: moment(sql`s.raised_at`), kind: sql`s.pattern`, count: sql`s.count` },
      network: sql`s.network`,
    },
    from: sql`security_alarms s`,
    where: sql`s.user_id = ${id}`,
    keys: oldest(sql`s.raised_at`, sql`s.id`),
  },
});

/** An answer to a version, as it was given; the reader's own, or an account's. */
export const answersPart = (where: SQL): Part => ({
  tables: ["policy_acknowledgements"],
  columns: {
    ...{ receiptNumber: sql`k.receipt_number`, account: sql`k.account_name` },
    ...{ personName: sql`k.person_name`, role: sql`k.member_role`, answer: sql`k.answer` },
    ...{ reason: sql`k.reason`, changeNumbers: sql`k.change_numbers`, statement: sql`k.statement` },
    ...{ answeredAt: moment(sql`k.answered_at`), shownBy: sql`k.shown_by` },
    ...{ signedInAt: moment(sql`k.signed_in_at`), factorAt: moment(sql`k.factor_at`) },
    ...{ userAgent: sql`k.user_agent`, network: sql`k.network`, visitSalt: sql`k.visit_salt` },
  },
  from: sql`policy_acknowledgements k`,
  where,
  keys: oldest(sql`k.answered_at`, sql`k.id`),
});

/** What an account and operations wrote to each other about an answer. */
export const talksPart = (where: SQL): Part => ({
  tables: ["ask_messages"],
  columns: {
    ...{ account: sql`a.name`, side: sql`t.side`, words: sql`t.body` },
    at: moment(sql`t.written_at`),
  },
  from: sql`ask_messages t join accounts a on a.id = t.account_id`,
  where,
  keys: oldest(sql`t.written_at`, sql`t.id`),
  size: 200,
});

const mailColumns = {
  ...{ email: sql`m.address`, mailStatus: sql`m.status`, reason: sql`m.reason` },
  sentAt: moment(sql`m.sent_at`),
  reports: sql`array(select e.type from provider_events e
    where e.provider_id = m.provider_id order by e.occurred_at, e.id)`,
};

const handling = (id: string): Parts => ({
  handlerMails: {
    tables: ["handler_mails"],
    columns: { mailedAt: moment(sql`h.mailed_at`), digestedAt: moment(sql`h.digested_at`) },
    from: sql`handler_mails h`,
    where: sql`h.user_id = ${id}`,
    keys: [up("uuid", sql`h.user_id`)],
  },
  handlerChoices: {
    tables: ["handler_choices"],
    columns: { matter: sql`c.matter`, pace: sql`c.pace` },
    from: sql`handler_choices c`,
    where: sql`c.user_id = ${id}`,
    keys: [up("text", sql`c.matter`)],
  },
});

const tellings = (id: string, email: string): Parts => ({
  answers: answersPart(sql`k.user_id = ${id}`),
  talks: talksPart(sql`t.user_id = ${id}`),
  /** The message in the inbox and the mail beside it; by the index of inboxes, however many there are. */
  messages: {
    tables: ["deliveries", "provider_events"],
    columns: {
      ...{ told: sql`b.kind`, createdAt: moment(sql`d.created_at`) },
      ...{ readAt: moment(sql`d.read_at`), archivedAt: moment(sql`d.archived_at`) },
      knownAt: moment(sql`d.known_at`),
      popupClosedAt: moment(sql`d.popup_closed_at`),
      bannerSeenAt: moment(sql`d.banner_seen_at`),
      ...mailColumns,
    },
    from: sql`deliveries d join broadcasts b on b.id = d.broadcast_id
      left join deliveries m on m.broadcast_id = d.broadcast_id and m.user_id = d.user_id
        and m.channel = 'email'`,
    where: sql`d.user_id = ${id} and d.channel = 'inbox'`,
    keys: [down("moment", sql`d.created_at`), down("uuid", sql`d.id`)],
  },
  standInMails: {
    tables: ["deliveries"],
    columns: { told: sql`b.kind`, createdAt: moment(sql`m.created_at`), ...mailColumns },
    from: sql`deliveries m join broadcasts b on b.id = m.broadcast_id`,
    where: sql`m.user_id = ${id} and m.fallback_of is not null`,
    keys: oldest(sql`m.created_at`, sql`m.id`),
  },
  stoppedAddresses: {
    tables: ["suppressions"],
    columns: { email: sql`s.address`, stopReason: sql`s.reason`, since: moment(sql`s.since`) },
    from: sql`suppressions s`,
    where: sql`s.address = ${email}`,
    keys: [up("text", sql`s.address`)],
  },
  liftedAddresses: {
    tables: ["suppression_lifts"],
    columns: {
      ...{ email: sql`s.address`, stopReason: sql`s.reason`, since: moment(sql`s.since`) },
      liftedAt: moment(sql`s.lifted_at`),
    },
    from: sql`suppression_lifts s`,
    where: sql`s.address = ${email}`,
    keys: oldest(sql`s.lifted_at`, sql`s.suppression_id`),
  },
  checkpointMails: {
    tables: ["checkpoint_readers"],
    columns: { since: moment(sql`r.since`), mailedAt: moment(sql`r.mailed_at`) },
    from: sql`checkpoint_readers r`,
    where: sql`r.user_id = ${id}`,
    keys: [up("uuid", sql`r.user_id`)],
  },
  /** What came, or waits to come, by mail once a day together. */
  digestItems: {
    tables: ["digest_items"],
    columns: {
      ...{ told: sql`b.kind`, since: moment(sql`i.since`) },
      mailedAt: moment(sql`(select g.started_at from broadcasts g where g.id = i.digest_id)`),
    },
    from: sql`digest_items i join broadcasts b on b.id = i.broadcast_id`,
    where: sql`i.user_id = ${id}`,
    keys: oldest(sql`i.since`, sql`i.broadcast_id`),
  },
  mailKeys: {
    tables: ["mail_keys"],
    columns: { digestedOn: sql`k.digested_on::text` },
    from: sql`mail_keys k`,
    where: sql`k.user_id = ${id}`,
    keys: [up("uuid", sql`k.user_id`)],
  },
});
