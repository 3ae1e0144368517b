import { expect, test } from "vitest";

import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import {
  explainFindings,
  givenDesk,
  givenDraft,
  givenInForce,
  givenSubmitted,
  MAJOR_CHANGE,
} from "@/tests/support/policies";
import { recordLength, recordOf } from "@/tests/support/record";

import { createDocument } from "./create-document";
import { draftVersion } from "./draft";
import { findVersion } from "./find-version";
import { findDocument } from "./list-documents";

const NOON = "2026-03-02 12:00";

test("a document is opened, and it is on record", async () => {
  const { documentId, author } = await givenDesk();

  expect(await recordOf(documentId)).toEqual(["document.created"]);
  const document = await findDocument(acting(author, NOON), { documentId });
  expect(document).toMatchObject({ kind: "privacy_guide", versions: 0, latest: null });
});

test("a slug belongs to one document for ever", async () => {
  const { author, productId, slug } = await givenDesk();

  const again = createDocument(acting(author, NOON), {
    productId,
    slug,
    kind: "agreement",
    titleZh: "协议",
    titleEn: "Agreement",
    bindingLocale: "zh-CN",
  });

  await expect(again).rejects.toMatchObject({
    code: "invalid",
    fields: { slug: ["policies.errors.slugTaken"] },
  });
});

test.each(["Guide", "../etc", "a b", "", "隐私"])("%j is no slug", async (slug) => {
  const { author, productId } = await givenDesk();

  const opened = createDocument(acting(author, NOON), {
    productId,
    slug,
    kind: "agreement",
    titleZh: "协议",
    titleEn: "Agreement",
    bindingLocale: "zh-CN",
  });

  await expect(opened).rejects.toMatchObject({ code: "invalid" });
});

test("the next version starts from the text in force", async () => {
  const { author, documentId, first } = await givenInForce();

  const next = await draftVersion(acting(author, NOON), { documentId, label: "2.0" });

  const [before, after] = [
    await findVersion(acting(author, NOON), { versionId: first.id }),
    await findVersion(acting(author, NOON), { versionId: next.id }),
  ];
  expect(after.texts).toEqual(before.texts);
  expect(after.version).toMatchObject({ status: "draft", changes: [], majorAnswers: {} });
  expect(after.previous).toMatchObject({ label: "1.0" });
  expect(await recordOf(next.id)).toEqual(["version.drafted"]);
});

test("one version at a time is on its way", async () => {
  const desk = await givenDesk();
  await givenSubmitted(desk);

  const another = draftVersion(acting(desk.author, NOON), {
    documentId: desk.documentId,
    label: "2.0",
  });

  await expect(another).rejects.toMatchObject({
    code: "conflict",
    messageKey: "policies.errors.anotherAhead",
  });
});

test("two clicks at the same moment start one version", async () => {
  const { author, documentId } = await givenInForce();
  const start = () => draftVersion(acting(author, NOON), { documentId, label: "2.0" });

  const results = await Promise.allSettled([start(), start()]);

  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("a label is used once", async () => {
  const { author, documentId } = await givenInForce();

  const again = draftVersion(acting(author, NOON), { documentId, label: "1.0" });

  await expect(again).rejects.toMatchObject({
    fields: { label: ["policies.errors.labelTaken"] },
  });
});

test.each(["", "2/0", "2 0", "..", "x".repeat(21)])("%j is no label", async (label) => {
  const { author, documentId } = await givenInForce();

  await expect(draftVersion(acting(author, NOON), { documentId, label })).rejects.toMatchObject({
    code: "invalid",
  });
});

test("only authors draft, and a refusal leaves no trace", async () => {
  const { documentId, approver } = await givenInForce();
  const before = await recordLength();

  for (const person of [approver, await givenStaff("admin"), await givenStaff("support")]) {
    await expect(
      draftVersion(acting(person, NOON), { documentId, label: "2.0" }),
    ).rejects.toMatchObject({ code: "not_allowed" });
  }
  expect(await recordLength()).toBe(before);
});

test("P01: what is missing for submission is said field by field", async () => {
  const { author, documentId } = await givenInForce();
  const { id } = await draftVersion(acting(author, NOON), { documentId, label: "2.0" });

  const { missing } = await findVersion(acting(author, NOON), { versionId: id });

  expect(Object.keys(missing).sort()).toEqual([
    "changes",
    "effectiveDate",
    "majorAnswers.contacts",
    "majorAnswers.high_risk",
    "majorAnswers.other",
    "majorAnswers.ownership",
    "majorAnswers.recipients",
    "majorAnswers.rights",
    "majorAnswers.service_model",
  ]);
});

test("a complete draft misses nothing", async () => {
  const desk = await givenInForce();
  const { id } = await givenDraft(desk, MAJOR_CHANGE);

  await explainFindings(acting(desk.author, NOON), id);
  const { missing } = await findVersion(acting(desk.author, NOON), { versionId: id });

  expect(missing).toEqual({});
});
