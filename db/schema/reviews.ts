import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";

import { at, id } from "../columns";
import { REVIEW_DECISIONS, REVIEW_SUBJECTS, type ReviewSubject } from "../vocabulary/reviews";
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
