import { expect, test } from "vitest";

import { acting } from "@/tests/support/context";
import {
  completeDraft,
  givenDesk,
  givenDraft,
  givenInForce,
  givenSubmitted,
  MAJOR_CHANGE,
  versionNow,
} from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { draftVersion } from "./draft";
import { editVersion } from "./edit";
import { listReviews } from "./list-reviews";
import { submitVersion } from "./submit";

const MORNING = "2026-03-02 10:00";

test("a complete draft goes to a second person, with the hash of what is to be seen", async () => {
  const desk = await givenInForce();
  const version = await givenSubmitted(desk, MAJOR_CHANGE);

  expect(version).toMatchObject({
    status: "in_review",
    contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect((await recordOf(version.id)).at(-1)).toBe("version.submitted");
  const waiting = await listReviews(acting(desk.approver, MORNING), { ids: [version.id] });
  expect(waiting).toMatchObject([{ id: version.id }]);
});

test("P01, P42: without a change list and the six answers nothing is submitted", async () => {
  const { author, documentId } = await givenInForce();
  const { id, revision } = await draftVersion(acting(author, MORNING), {
    documentId,
    label: "2.0",
  });

  const submitted = submitVersion(acting(author, MORNING), { versionId: id, revision });

  await expect(submitted).rejects.toMatchObject({
    code: "invalid",
    messageKey: "policies.errors.incomplete",
    fields: {
      changes: ["policies.errors.missing.changes"],
      "majorAnswers.service_model": ["policies.errors.missing.answer"],
      "majorAnswers.high_risk": ["policies.errors.missing.answer"],
      "majorAnswers.other": ["policies.errors.missing.answer"],
      effectiveDate: ["policies.errors.missing.effectiveDate"],
    },
  });
  expect((await versionNow(id)).status).toBe("draft");
});

test("P01: a change without words in the binding language is no change", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk);
  const { revision } = await editVersion(acting(desk.author, MORNING), {
    ...completeDraft(version),
    changes: [{ text: { en: "English only" }, anchor: null }],
  });

  const submitted = submitVersion(acting(desk.author, "2026-01-05 10:00"), {
    versionId: version.id,
    revision,
  });

  await expect(submitted).rejects.toMatchObject({
    fields: { "changes.0.text.zh-CN": ["policies.errors.missing.change"] },
  });
});

test.each([
  ["2026-03-01", "policies.errors.missing.effectiveDatePast"],
  ["2026-03-02", "policies.errors.missing.effectiveDateToday"],
])(
  "P41: a later version cannot take effect on %s when today is 2 March",
  async (effectiveDate, key) => {
    const desk = await givenInForce();
    const version = await givenDraft(desk, { ...MAJOR_CHANGE, effectiveDate });

    const submitted = submitVersion(acting(desk.author, MORNING), {
      versionId: version.id,
      revision: version.revision,
    });

    await expect(submitted).rejects.toMatchObject({ fields: { effectiveDate: [key] } });
  },
);

test("today is Beijing's day: 00:30 there is still yesterday in UTC", async () => {
  const desk = await givenInForce();
  const version = await givenDraft(desk, { ...MAJOR_CHANGE, effectiveDate: "2026-03-02" });

  const submitted = submitVersion(acting(desk.author, "2026-03-02 00:30"), {
    versionId: version.id,
    revision: version.revision,
  });

  await expect(submitted).rejects.toMatchObject({
    fields: { effectiveDate: ["policies.errors.missing.effectiveDateToday"] },
  });
});

test("what was saved meanwhile is not submitted unseen", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk);

  const submitted = submitVersion(acting(desk.author, MORNING), {
    versionId: version.id,
    revision: version.revision - 1,
  });

  await expect(submitted).rejects.toMatchObject({ messageKey: "policies.errors.editedMeanwhile" });
});

test("a second click finds it submitted, and changes nothing", async () => {
  const desk = await givenInForce();
  const { id, revision } = await givenSubmitted(desk, MAJOR_CHANGE);
  const before = await recordOf(id);

  const again = submitVersion(acting(desk.author, MORNING), { versionId: id, revision });

  await expect(again).rejects.toMatchObject({ messageKey: "policies.errors.movedOn" });
  expect(await recordOf(id)).toEqual(before);
});

test("only authors submit", async () => {
  const desk = await givenDesk();
  const { id, revision } = await givenDraft(desk);

  const submitted = submitVersion(acting(desk.approver, MORNING), { versionId: id, revision });

  await expect(submitted).rejects.toMatchObject({ code: "not_allowed" });
});
