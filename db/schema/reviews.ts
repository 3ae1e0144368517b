import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import {
  DRAFT_STATE_KINDS,
  REVIEW_DECISIONS,
  REVIEW_SUBJECTS,
  type ReviewSubject,
} from "../vocabulary/reviews";
import { users } from "./access";
import { notices } from "./incidents";
import { policyVersions } from "./policies";

const idOf = (type: ReviewSubject) =>
  uuid().generatedAlwaysAs(sql.raw(`case when subject_type = '${type}' then subject_id end`));

/** A second person's decision on exactly the content whose hash is named: append-only, by domain/reviews alone. */
export const reviews = pgTable(
  "reviews",
  {
    id: id(),
    subjectType: text({ enum: REVIEW_SUBJECTS }).notNull(),
    subjectId: uuid().notNull(),
    /** One for each kind: what was judged exists, and stays. */
    versionId: idOf("version").references(() => policyVersions.id),
    noticeId: idOf("notice").references(() => notices.id),
    contentHash: text().notNull(),
    /** What lay before the reviewer, as its kind keeps it, so that the next look sees what is different. */
    judged: jsonb(),
    writerIds: uuid().array().notNull(),
    reviewerId: uuid()
      .notNull()
      .references(() => users.id),
    decision: text({ enum: REVIEW_DECISIONS }).notNull(),
    reason: text(),
    decidedAt: at().notNull(),
  },
  (t) => [
    index().on(t.subjectId, t.decidedAt),
    check("nobody_reviews_their_own_work", sql`reviewer_id <> all (writer_ids)`),
    check(
      "rejections_have_a_reason",
      sql`decision = 'approved' or coalesce(trim(reason), '') <> ''`,
    ),
  ],
);

/**
 * What a draft said at one moment, so that nothing that was typed is lost and an older wording can be
 * taken back. It goes with the draft where that is discarded unseen by anybody.
 */
export const draftStates = pgTable(
  "draft_states",
  {
    id: id(),
    subjectType: text({ enum: REVIEW_SUBJECTS }).notNull(),
    subjectId: uuid().notNull(),
    versionId: idOf("version").references(() => policyVersions.id, { onDelete: "cascade" }),
    noticeId: idOf("notice").references(() => notices.id, { onDelete: "cascade" }),
    kind: text({ enum: DRAFT_STATE_KINDS }).notNull(),
    /** Of the draft: the one a save made, or the one that what was typed began from. */
    revision: integer().notNull(),
    /** The fields of its form, by name, as its verb reads them. */
    content: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Whose words these are: who takes them back makes this person a writer too. */
    userId: uuid()
      .notNull()
      .references(() => users.id),
    at: at().notNull(),
  },
  (t) => [
    index().on(t.subjectId, t.at, t.id),
    index().on(t.versionId),
    index().on(t.noticeId),
    uniqueIndex("draft_states_saved")
      .on(t.subjectId, t.revision)
      .where(sql`kind = 'saved'`),
    uniqueIndex("draft_states_typed")
      .on(t.subjectId, t.userId, t.revision)
      .where(sql`kind = 'typed'`),
  ],
);

/** Who has a draft before them, and when they were last heard of: kept as long as that says anything. */
export const draftVisits = pgTable(
  "draft_visits",
  {
    subjectId: uuid().notNull(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    seenAt: at().notNull(),
    /** Whether they have typed something that is not saved. */
    isTyping: boolean().notNull(),
  },
  (t) => [primaryKey({ columns: [t.subjectId, t.userId] }), index().on(t.seenAt)],
);
