import { expect, test } from "vitest";

import { acting } from "@/tests/support/context";
import { givenCompleteDraft, givenFiled } from "@/tests/support/filing";
import { givenStaff } from "@/tests/support/people";

import { Conflict, Invalid, NotFound } from "../errors";
import { readDraft } from "./read-draft";
import { readOwnRequest } from "./read-own";
import { saveStep } from "./save-step";
import { startDraft } from "./start-draft";
import { withdrawRequest } from "./withdraw";
import { writeToHandler } from "./write-to-handler";

const AT = "2026-11-23 10:00";
const CORPUS = {
  NUL: "a\0b",
  "a lone surrogate": "a\ud800b",
  "1 MB": "字".repeat(400_000),
  "right to left": "a\u202Eb",
  "zero width": "a\u200Bb",
  "line ends": "a\r\nBcc: x@y.example",
  "a script": "<script>alert(1)</script>",
  SQL: "'; drop table requests; --",
};

test.each(Object.entries(CORPUS))(
  "%s in every field is kept whole or refused by a sentence",
  async (_, bad) => {
    const person = await givenStaff();
    const ctx = acting(person, AT);
    const draftId = await givenCompleteDraft(person);
    const before = (await readDraft(ctx, { draftId })).answers;
    const answers = [
      { step: "app", appName: bad, sdkAppId: "" },
      { step: "app", appName: "轻语", sdkAppId: bad },
      { step: "facts", facts: bad },
      { step: "subjects", list: bad, isCsv: false },
      { step: "subjects", list: bad, isCsv: true },
      { step: "account", place: bad },
    ] as const;
    for (const answer of answers) {
      const outcome = await saveStep(ctx, { draftId, answer }).catch((error: unknown) => error);
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(Invalid);
        expect((await readDraft(ctx, { draftId })).answers).toEqual(before);
      }
      await saveStep(ctx, {
        draftId,
        answer: { step: "app", appName: "轻语", sdkAppId: "1400001287" },
      });
      await saveStep(ctx, { draftId, answer: { step: "facts", facts: before.facts ?? "" } });
      await saveStep(ctx, {
        draftId,
        answer: { step: "subjects", list: before.subjects?.join("\n") ?? "", isCsv: false },
      });
    }
    const choices = { step: "type", type: bad } as never;
    await expect(saveStep(ctx, { draftId, answer: choices })).rejects.toBeInstanceOf(Invalid);
    await expect(startDraft(ctx, { capacity: bad as never })).rejects.toBeInstanceOf(Invalid);

    const number = await givenFiled(person);
    const written = await writeToHandler(ctx, { number, body: bad, file: null }).catch(
      (error: unknown) => error,
    );
    if (written instanceof Error) expect(written).toBeInstanceOf(Invalid);
    for (const address of [
      () => readOwnRequest(ctx, { number: bad }),
      () => withdrawRequest(ctx, { number: bad }),
    ]) {
      const refusal = await address().catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(NotFound);
    }
  },
  20_000,
);

test("lists are reported line by line, with what is wrong", async () => {
  const person = await givenStaff();
  const draftId = await givenCompleteDraft(person);
  const list = ["good", "x".repeat(200), "a\u200Bb"].join("\n");
  const refused = saveStep(acting(person, AT), {
    draftId,
    answer: { step: "subjects", list, isCsv: false },
  });
  await expect(refused).rejects.toMatchObject({
    fields: { list: ["filing.errors.linesTooLong", "filing.errors.linesInvisible"] },
    values: { long: "2", invisible: "3" },
  });
});

test("10,000 UserIDs are taken, one more is refused with the number", async () => {
  const person = await givenStaff();
  const ctx = acting(person, AT);
  const draftId = await givenCompleteDraft(person);
  const names = Array.from({ length: 10_001 }, (_, n) => `user-${n}`);
  const save = (subjects: string[]) =>
    saveStep(ctx, {
      draftId,
      answer: { step: "subjects", list: subjects.join("\n"), isCsv: false },
    });
  expect((await save(names.slice(1))).subjects).toHaveLength(10_000);
  await expect(save(names)).rejects.toMatchObject({
    fields: { list: ["filing.errors.tooManySubjects"] },
    values: { count: 10_001 },
  });
});

test("an empty message is refused; a closed request takes none", async () => {
  const person = await givenStaff();
  const ctx = acting(person, AT);
  const number = await givenFiled(person);
  const empty = writeToHandler(ctx, { number, body: "  ", file: null });
  await expect(empty).rejects.toMatchObject({ fields: { body: ["errors.field.required"] } });
  await withdrawRequest(ctx, { number });
  const late = writeToHandler(ctx, { number, body: "还有一事", file: null });
  await expect(late).rejects.toBeInstanceOf(Conflict);
  await expect(readOwnRequest(ctx, { number: "R-2026-999999" })).rejects.toBeInstanceOf(NotFound);
});
