import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { policyDocuments } from "@/db/schema";
import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import {
  completeDraft,
  explainFindings,
  givenDesk,
  givenDraft,
  givenInForce,
  givenMajorChange,
  givenSubmitted,
  MAJOR_CHANGE,
  withdraw,
} from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { createDocument } from "./create-document";
import { discardDocument, discardVersion, renameDocument } from "./discard";
import { draftVersion } from "./draft";
import { editVersion } from "./edit";
import { findVersion } from "./find-version";
import { listAhead } from "./list-ahead";
import { findDocument, listDocuments, listVersions } from "./list-documents";
import { rejectVersion } from "./review";
import { submitVersion } from "./submit";

const LATER = "2026-03-10 15:00";

test("after a withdrawal the next draft starts from it: text, change list and answers, but no day and no old label", async () => {
  const { next, documentId, ...desk } = await givenMajorChange();
  await withdraw(desk, next);
  const ctx = acting(desk.author, LATER);

  await expect(
    draftVersion(ctx, { documentId, label: "2.0", fromId: next.id }),
  ).rejects.toMatchObject({ fields: { label: ["policies.errors.labelTaken"] } });
  const draft = await draftVersion(ctx, { documentId, label: "2.1", fromId: next.id });

  const { version, texts } = await findVersion(ctx, { versionId: draft.id });
  expect(texts).toEqual({ "zh-CN": MAJOR_CHANGE.text });
  expect(version).toMatchObject({
    changes: next.changes,
    majorAnswers: next.majorAnswers,
    isMajor: true,
    effectiveDate: null,
  });
});

test("a draft starts from no other version than a withdrawn one of its own document", async () => {
  const [desk, other] = [await givenInForce(), await givenMajorChange()];
  await withdraw(other, other.next);

  for (const fromId of [desk.first.id, other.next.id])
    await expect(
      draftVersion(acting(desk.author, LATER), { documentId: desk.documentId, label: "2", fromId }),
    ).rejects.toMatchObject({ fields: { fromId: ["policies.errors.notWithdrawn"] } });
});

test("a draft is discarded on the record, and its label is free again", async () => {
  const desk = await givenInForce();
  const { id, revision } = await givenDraft(desk, MAJOR_CHANGE);

  await discardVersion(acting(desk.author, LATER), { versionId: id, revision });

  expect(await recordOf(desk.documentId)).toContain("version.discarded");
  await givenDraft(desk, MAJOR_CHANGE);
});

test("what was sent back is discarded out of every list, its label is free, and it stays readable as it was judged", async () => {
  const desk = await givenInForce();
  const { id, revision, contentHash } = await givenSubmitted(desk, MAJOR_CHANGE);
  const ctx = acting(desk.author, LATER);
  const discard = () => discardVersion(ctx, { versionId: id, revision });
  await expect(discard()).rejects.toMatchObject({
    messageKey: "policies.errors.notDiscardable",
  });
  await rejectVersion(acting(desk.approver, LATER), { versionId: id, contentHash, reason: "改" });
  await discard();

  expect((await recordOf(id)).at(-1)).toBe("version.discarded");
  expect((await listAhead(ctx, {})).rows.map((version) => version.id)).not.toContain(id);
  const listed = await listVersions(ctx, { documentId: desk.documentId });
  expect(listed.rows.map((version) => version.id)).toEqual([desk.first.id]);
  const kept = await findVersion(acting(await givenStaff("auditor"), LATER), { versionId: id });
  expect(kept).toMatchObject({
    version: { status: "discarded", discardedBy: desk.author.id, discardedAt: ctx.now },
    texts: { "zh-CN": MAJOR_CHANGE.text },
    reviews: [{ reason: "改" }],
    discarderName: desk.author.name,
  });
  const again = await givenDraft(desk, MAJOR_CHANGE);
  expect(again.label).toBe(kept.version.label);
});

test("what was discarded after a review changes no more, not even by the database's hand", async () => {
  const desk = await givenInForce();
  const { id, revision, contentHash } = await givenSubmitted(desk, MAJOR_CHANGE);
  await rejectVersion(acting(desk.approver, LATER), { versionId: id, contentHash, reason: "改" });
  const ctx = acting(desk.author, LATER);
  await discardVersion(ctx, { versionId: id, revision });

  for (const change of [
    sql`update policy_versions set label = '9' where id = ${id}`,
    sql`update policy_texts set body = body || '.' where version_id = ${id}`,
    sql`delete from policy_versions where id = ${id}`,
  ])
    await expect(db.execute(change)).rejects.toMatchObject({ cause: { code: "23001" } });
  for (const act of [
    () => submitVersion(ctx, { versionId: id, revision }),
    () => discardVersion(ctx, { versionId: id, revision }),
    () => editVersion(ctx, completeDraft({ id, revision }, MAJOR_CHANGE)),
  ])
    await expect(act()).rejects.toMatchObject({ code: "conflict" });
});

test("a document gets another title and keeps its address", async () => {
  const { author, documentId, slug } = await givenInForce();
  await renameDocument(acting(author, LATER), { documentId, titleZh: "新标题", titleEn: "New" });

  const [document] = await db
    .select()
    .from(policyDocuments)
    .where(eq(policyDocuments.id, documentId));
  expect(document).toMatchObject({ titleZh: "新标题", titleEn: "New", slug });
  expect((await recordOf(documentId)).at(-1)).toBe("document.renamed");
});

test("a document that was never published is discarded whole; a published one is not", async () => {
  const desk = await givenDesk();
  await givenDraft(desk);
  await discardDocument(acting(desk.author, LATER), { documentId: desk.documentId });
  expect(await db.$count(policyDocuments, eq(policyDocuments.id, desk.documentId))).toBe(0);
  expect((await recordOf(desk.documentId)).at(-1)).toBe("document.discarded");

  const judged = await givenDesk();
  const { id, contentHash } = await givenSubmitted(judged);
  const ctx = acting(judged.author, LATER);
  await rejectVersion(acting(judged.approver, LATER), { versionId: id, contentHash, reason: "改" });
  await discardDocument(ctx, { documentId: judged.documentId });
  const kept = await findDocument(ctx, { documentId: judged.documentId });
  expect(kept).toMatchObject({ discardedBy: judged.author.id, versions: 1 });
  expect((await listVersions(ctx, { documentId: kept.id })).rows).toMatchObject([{ id }]);
  expect((await listDocuments(ctx, {})).rows.map((document) => document.id)).not.toContain(kept.id);
  await expect(
    draftVersion(ctx, { documentId: judged.documentId, label: "2.0" }),
  ).rejects.toMatchObject({ code: "not_found" });
  const { productId, slug, kind, titleZh, titleEn, bindingLocale } = kept!;
  await createDocument(ctx, { productId, slug, kind, titleZh, titleEn, bindingLocale });

  const published = await givenInForce();
  await expect(
    discardDocument(acting(published.author, LATER), { documentId: published.documentId }),
  ).rejects.toMatchObject({ messageKey: "policies.errors.notDiscardable" });
});

test("only authors discard and rename", async () => {
  const { approver, documentId } = await givenInForce();
  const ctx = acting(approver, LATER);
  for (const refused of [
    discardDocument(ctx, { documentId }),
    renameDocument(ctx, { documentId, titleZh: "甲", titleEn: "A" }),
  ])
    await expect(refused).rejects.toMatchObject({ code: "not_allowed" });
});

test("the history keeps every submission and return, with who and why", async () => {
  const desk = await givenInForce();
  const { id, contentHash } = await givenSubmitted(desk, MAJOR_CHANGE);
  await rejectVersion(acting(desk.approver, LATER), {
    versionId: id,
    contentHash,
    reason: "请写明接收方。",
  });
  const again = acting(desk.author, "2026-03-11 10:00");
  const { version, reviews, hashNow } = await findVersion(again, { versionId: id });
  expect(reviews.at(-1)).toMatchObject({ reason: "请写明接收方。", contentHash: hashNow });
  await explainFindings(again, id);
  await submitVersion(again, { versionId: id, revision: version.revision });
  await editVersion(
    again,
    completeDraft(version, { ...MAJOR_CHANGE, text: "# 一、引言\n\n新。\n" }),
  );

  const { acts } = await findVersion(again, { versionId: id });
  expect(acts.map(({ isReturn, name }) => [isReturn, name])).toEqual([
    [false, desk.author.name],
    [false, desk.author.name],
    [true, desk.author.name],
  ]);
});
