import { type SQL, sql } from "drizzle-orm";

import { up } from "../page";
import { moment, oldest, type Parts } from "./own-part";

const REQUEST_OF_ROW = {
  ...{ number: sql`r.number`, requestType: sql`r.type`, requestChannel: sql`r.channel` },
  ...{ requestStatus: sql`r.status`, requesterKind: sql`r.requester_kind` },
  ...{ appName: sql`r.app_name`, sdkAppId: sql`r.named_sdk_app_id`, onBehalf: sql`r.on_behalf` },
  ...{ ground: sql`r.ground`, region: sql`r.region`, ticketNumber: sql`r.ticket_number` },
  ...{ receivedAt: moment(sql`r.received_at`), dueDate: sql`r.due_date::text` },
  ...{ extendedAt: moment(sql`r.extended_at`), answeredAt: moment(sql`r.answered_at`) },
  ...{ stopOrderedAt: moment(sql`r.stop_ordered_at`), stoppedAt: moment(sql`r.stopped_at`) },
};

type Own = {
  /** A condition on requests `r`. */
  own: SQL;
  /** A condition on drafts `d`, where they are asked for. */
  drafts?: SQL;
  /** What goes with an answer or a message is for the requester alone, not for who looks on. */
  readerId: string;
};

/** An approved decision `k` that was given as an answer: what waits for its disposals was not. */
const given = sql`(k.verdict = 'approved' and exists (
  select from request_events g
  where g.request_id = k.request_id and g.status = k.decision and g.at >= k.reviewed_at))`;

/**
 * The requests of somebody, with everything that was written, brought, decided and done for them and is
 * theirs to read. What handlers note among themselves is not.
 */
export const requestParts = (asked: Own): Parts => ({
  ...writtenParts(asked.own),
  ...disposedParts(asked.own),
  ...broughtParts(asked),
});

const writtenParts = (own: SQL): Parts => ({
  requests: {
    tables: ["requests"],
    columns: {
      ...REQUEST_OF_ROW,
      facts: { sealed: sql`r.facts`, context: "request.facts" },
      subjects: { sealed: sql`r.subjects`, context: "request.subjects" },
      details: { sealed: sql`r.details`, context: "request.details" },
      replyTo: { sealed: sql`r.reply_to`, context: "request.reply_to" },
      stopWords: { sealed: sql`r.stop_words`, context: "request.stop" },
    },
    from: sql`requests r`,
    where: own,
    keys: oldest(sql`r.received_at`, sql`r.id`),
    // A list of users may be hundreds of kilobytes.
    size: 20,
  },
  requestEvents: {
    tables: ["request_events"],
    columns: { number: sql`r.number`, requestStatus: sql`e.status`, at: moment(sql`e.at`) },
    from: sql`request_events e join requests r on r.id = e.request_id`,
    where: own,
    keys: oldest(sql`e.at`, sql`e.id`),
  },
  requestMessages: {
    tables: ["request_messages"],
    columns: {
      ...{ number: sql`r.number`, direction: sql`m.direction`, at: moment(sql`m.at`) },
      words: { sealed: sql`m.body`, context: "request.message" },
    },
    from: sql`request_messages m join requests r on r.id = m.request_id`,
    where: sql`${own} and m.direction <> 'internal'`,
    keys: oldest(sql`m.at`, sql`m.id`),
    size: 200,
  },
  requestAnswers: {
    tables: ["request_decisions"],
    columns: {
      ...{ number: sql`r.number`, outcome: sql`k.decision`, code: sql`k.code` },
      explanation: { sealed: sql`k.explanation`, context: "request.explanation" },
      ...{ paragraphs: sql`k.paragraphs`, bases: sql`k.bases`, at: moment(sql`k.reviewed_at`) },
    },
    from: sql`request_decisions k join requests r on r.id = k.request_id`,
    where: sql`${own} and ${given}`,
    keys: oldest(sql`k.reviewed_at`, sql`k.id`),
    size: 200,
  },
});

const disposedParts = (own: SQL): Parts => ({
  requestDisposals: {
    tables: ["disposals"],
    columns: {
      ...{ number: sql`r.number`, store: sql`x.store`, disposal: sql`x.action` },
      ...{ dueDate: sql`x.due_date::text`, doneAt: moment(sql`x.done_at`), result: sql`x.result` },
      ...{ holdReason: sql`x.hold_reason`, backupsUntil: sql`x.backups_until::text` },
    },
    from: sql`disposals x join requests r on r.id = x.request_id`,
    where: own,
    keys: oldest(sql`x.created_at`, sql`x.id`),
  },
  deletionReceipts: {
    tables: ["request_receipts"],
    columns: {
      ...{ number: sql`r.number`, receiptNumber: sql`p.number`, stated: sql`p.facts` },
      at: moment(sql`p.issued_at`),
    },
    from: sql`request_receipts p join requests r on r.id = p.request_id`,
    where: own,
    keys: [up("text", sql`p.number`)],
    size: 100,
  },
  deletionRuns: {
    tables: ["user_deletions"],
    columns: {
      ...{ number: sql`r.number`, run: sql`n.kind`, runState: sql`n.state` },
      ...{ at: moment(sql`n.ordered_at`), endedAt: moment(sql`n.ended_at`) },
    },
    from: sql`user_deletions n join disposals x on x.id = n.disposal_id
      join requests r on r.id = x.request_id`,
    where: own,
    keys: [up("uuid", sql`n.disposal_id`), up("text", sql`n.kind`)],
  },
  deletedUsers: {
    tables: ["user_results"],
    columns: {
      ...{ number: sql`r.number`, position: sql`u.position`, hash: sql`encode(u.hash, 'hex')` },
      ...{ deletion: sql`u.outcome`, code: sql`u.code`, at: moment(sql`u.outcome_at`) },
      isGone: sql`u.is_gone`,
    },
    from: sql`user_results u join disposals x on x.id = u.disposal_id
      join requests r on r.id = x.request_id`,
    where: own,
    keys: [up("uuid", sql`u.disposal_id`), up("number", sql`u.position`)],
  },
});

const broughtParts = ({ own, drafts, readerId }: Own): Parts => ({
  requestFiles: {
    tables: ["request_files"],
    columns: {
      ...{ number: sql`r.number`, fileName: sql`f.name`, mediaType: sql`f.media_type` },
      ...{ size: sql`f.size`, sha256: sql`f.sha256`, uploadedAt: moment(sql`f.uploaded_at`) },
      fileId: sql`f.id`,
    },
    from: sql`request_files f left join requests r on r.id = f.request_id
      left join request_drafts d on d.id = f.draft_id
      left join request_decisions k on k.id = f.decision_id
      left join request_messages g on g.id = f.message_id`,
    // What a developer sends along to the desk is neither the requester's nor for them.
    where: sql`(${own} and (
        f.decision_id is null and (f.message_id is null or f.uploaded_by = r.requester_id)
        or r.requester_id = ${readerId} and (k.id is null or ${given})
          and g.direction is distinct from 'internal')
      or f.request_id is null and ${drafts ?? sql`false`})`,
    keys: oldest(sql`f.uploaded_at`, sql`f.id`),
  },
  ...(drafts && {
    requestDrafts: {
      tables: ["request_drafts"],
      columns: {
        ...{ createdAt: moment(sql`d.created_at`), updatedAt: moment(sql`d.updated_at`) },
        ticketNumber: sql`d.ticket_number`,
        answers: { sealed: sql`d.answers`, context: "request.draft" },
      },
      from: sql`request_drafts d`,
      where: drafts,
      keys: oldest(sql`d.created_at`, sql`d.id`),
      size: 20,
    },
  }),
});
