import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { reviews, policyVersions } from "@/db/schema";
import {
  givenApproved,
  givenDesk,
  givenInForce,
  givenMajorChange,
  givenSubmitted,
  MAJOR_CHANGE,
  untilInForce,
} from "@/tests/support/policies";
import { asOwner } from "@/tests/support/owner";

test("the database keeps the same rule: no own approval, no own review", async () => {
  const desk = await givenInForce();
  const { id, contentHash } = await givenSubmitted(desk, MAJOR_CHANGE);

  await expect(
    db.update(policyVersions).set({ approvedBy: desk.author.id }).where(eq(policyVersions.id, id)),
  ).rejects.toMatchObject({ cause: { constraint: "nobody_approves_their_own_version" } });
  await expect(
    db.insert(reviews).values({
      subjectType: "version",
      subjectId: id,
      contentHash,
      writerIds: [desk.author.id],
      reviewerId: desk.author.id,
      decision: "approved",
      decidedAt: new Date(),
    }),
  ).rejects.toMatchObject({ cause: { constraint: "nobody_reviews_their_own_work" } });
});

test("P44: what was announced never changes: not its text, not its facts, not by deletion", async () => {
  const { first, next } = await givenMajorChange();
  const inForce = await untilInForce(next);

  for (const { id } of [first, inForce]) {
    const changes = [
      sql`update policy_texts set body = body || '.' where version_id = ${id}`,
      sql`delete from policy_texts where version_id = ${id}`,
      sql`insert into policy_texts (version_id, locale, body, updated_at) values (${id}, 'en', 'x', now())`,
      sql`update policy_versions set label = '9' where id = ${id}`,
      sql`update policy_versions set title_zh = '改名' where id = ${id}`,
      sql`update policy_versions set changes = '[]' where id = ${id}`,
      sql`update policy_versions set effective_date = '2030-01-01' where id = ${id}`,
      sql`update policy_versions set content_hash = '' where id = ${id}`,
      sql`delete from policy_versions where id = ${id}`,
    ];
    for (const change of changes) {
      await expect(db.execute(change)).rejects.toMatchObject({ cause: { code: "23001" } });
    }
  }
});

test("reviews and answers are append-only", async () => {
  const desk = await givenDesk();
  const { id } = await givenApproved(desk);

  for (const change of [
    sql`update reviews set reason = 'x' where subject_id = ${id}`,
    sql`delete from reviews where subject_id = ${id}`,
    sql`truncate reviews`,
    sql`truncate policy_acknowledgements`,
  ]) {
    await expect(asOwner((own) => own.execute(change))).rejects.toMatchObject({
      cause: { code: "23001" },
    });
  }
});
