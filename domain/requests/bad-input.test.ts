import { expect, test } from "vitest";

import { acting } from "@/tests/support/context";
import { BAD_TEXTS, givenCompleteDraft, givenFiled } from "@/tests/support/filing";
import { givenStaff } from "@/tests/support/people";

import { Conflict, Invalid, NotFound } from "../errors";
import { addDraftFile } from "./draft-files";
import { readDraft } from "./read-draft";
import { readOwnRequest } from "./read-own";
import { saveStep } from "./save-step";
import { startDraft } from "./start-draft";
import { withdrawRequest } from "./withdraw";
import { writeToHandler } from "./write-to-handler";

const AT = "2026-11-23 10:00";

test.each(Object.entries(BAD_TEXTS))(
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
      { step: "subjects", list: bad },
      { step: "subjects", list: "", file: new TextEncoder().encode(bad) },
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
        answer: { step: "subjects", list: before.subjects?.join("\n") ?? "" },
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
    answer: { step: "subjects", list },
  });
  await expect(refused).rejects.toMatchObject({
    fields: { list: ["requests.errors.linesTooLong", "requests.errors.linesInvisible"] },
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
      answer: { step: "subjects", list: subjects.join("\n") },
    });
  expect((await save(names.slice(1))).subjects).toHaveLength(10_000);
  await expect(save(names)).rejects.toMatchObject({
    fields: { list: ["requests.errors.tooManySubjects"] },
    values: { count: 10_001 },
  });
});

test("100,001 lines, and as many that say the same, are answered at once, nothing typed is lost", async () => {
  const person = await givenStaff();
  const ctx = acting(person, AT);
  const draftId = await givenCompleteDraft(person);
  const save = (list: string) => saveStep(ctx, { draftId, answer: { step: "subjects", list } });
  const many = Array.from({ length: 100_001 }, (_, n) => `u${n}`).join("\n");
  await expect(save(many)).rejects.toMatchObject({
    fields: { list: ["requests.errors.tooManySubjects"] },
    values: { count: 100_001 },
  });
  expect((await readDraft(ctx, { draftId })).answers.subjects).toEqual(["user-1", "user-2"]);
  const saved = await save("u1\n".repeat(100_001));
  expect(saved).toMatchObject({ subjects: ["u1"], duplicates: 100_000 });
});

test("a file that is none of the five kinds is refused at its field; one that is loses the name that lies", async () => {
  const person = await givenStaff();
  const ctx = acting(person, AT);
  const draftId = await givenCompleteDraft(person, { proof: false });
  const add = (fileName: string, text: string) =>
    addDraftFile(ctx, { draftId, fileName, bytes: Buffer.from(text, "latin1") });
  for (const [text, reason] of [
    ["", "empty"],
    ["<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "webPage"],
    ["%PDF-1.4\n<html ><script>x()</script>%%EOF", "polyglot"],
    ["PK\x03\x04", "damaged"],
  ] as const)
    await expect(add("proof.pdf", text), reason).rejects.toMatchObject({
      fields: { file: [`requests.errors.file.${reason}`] },
    });
  await add("../../etc/\u202Efdp.exe.PDF.exe", "%PDF-1.4\n%%EOF");
  const { files } = await readDraft(ctx, { draftId });
  expect(files.map(({ name }) => name)).toEqual(["fdp.pdf"]);
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
