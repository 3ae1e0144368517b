import { expect, test } from "vitest";

import { acting } from "@/tests/support/context";
import { givenCompleteDraft, givenFiled } from "@/tests/support/filing";
import { givenPerson } from "@/tests/support/people";

import { NotFound } from "../errors";
import { addDraftFile, listReusable, reuseFile } from "./draft-files";
import { openOwnFile } from "./open-own-file";
import { readDraft } from "./read-draft";
import { readOwnRequest } from "./read-own";
import { submitRequest } from "./submit";

const latin = (text: string) => Buffer.from(text, "latin1");
const PLACE = "31.2304N 121.4737E";
const SCAN = "\xff\xda\0\x04ab\x01\x02";
const PHOTO = latin(`\xff\xd8\xff\xfe\0\x14${PLACE}${SCAN}\xff\xd9`);
const CLEAN = latin(`\xff\xd8${SCAN}\xff\xd9`);

test("a photograph brought as proof is kept without the place it was taken at, by the hash of what is kept", async () => {
  const person = await givenPerson("终端用户");
  const ctx = acting(person, "2026-11-23 10:00");
  const draftId = await givenCompleteDraft(person, { type: "question", proof: false });
  await addDraftFile(ctx, { draftId, fileName: "照片.jpg", bytes: PHOTO });
  const { files } = await readDraft(ctx, { draftId });
  expect(files).toMatchObject([{ name: "照片.jpg", size: CLEAN.length }]);
  // The same picture cleaned already is the same file.
  await expect(
    addDraftFile(ctx, { draftId, fileName: "again.jpg", bytes: CLEAN }),
  ).rejects.toMatchObject({ fields: { file: ["requests.errors.file.again"] } });
  await expect(
    addDraftFile(ctx, {
      draftId,
      fileName: "cut.jpg",
      bytes: latin("\xff\xd8\xff\xe0\0\0\xff\xd9"),
    }),
  ).rejects.toMatchObject({ fields: { file: ["requests.errors.file.damaged"] } });
  const { number } = await submitRequest(ctx, { draftId, locale: "zh-CN" });
  const { files: kept } = await readOwnRequest(ctx, { number });
  const opened = await openOwnFile(ctx, { number, fileId: kept[0]!.id });
  expect(Buffer.from(opened.bytes)).toEqual(CLEAN);
});

test("what was brought with an earlier request is brought again, once, and by nobody else", async () => {
  const [person, other] = [await givenPerson("终端用户"), await givenPerson("别人")];
  const ctx = acting(person, "2026-11-24 10:00");
  const number = await givenFiled(person, { proofText: "授权书" });
  const draft = () => givenCompleteDraft(person, { type: "question", proof: false });
  const draftId = await draft();
  const [earlier, ...more] = await listReusable(ctx, { draftId });
  expect([earlier?.name, more]).toEqual(["proof.txt", []]);
  const wanted = { draftId, fileId: earlier!.id };
  await reuseFile(ctx, wanted);
  expect(await listReusable(ctx, { draftId })).toEqual([]);
  await expect(reuseFile(ctx, wanted)).rejects.toMatchObject({
    fields: { file: ["requests.errors.file.again"] },
  });
  const again = await submitRequest(ctx, { draftId, locale: "zh-CN" });
  const bytesOf = async (of: string) => {
    const [file] = (await readOwnRequest(ctx, { number: of })).files;
    return Buffer.from((await openOwnFile(ctx, { number: of, fileId: file!.id })).bytes);
  };
  expect(await bytesOf(again.number)).toEqual(await bytesOf(number));
  // The same content is offered once, however often it was brought.
  expect(await listReusable(ctx, { draftId: await draft() })).toHaveLength(1);

  const theirs = acting(other, "2026-11-24 10:00");
  const otherDraft = await givenCompleteDraft(other, { type: "question", proof: false });
  expect(await listReusable(theirs, { draftId: otherDraft })).toEqual([]);
  for (const wish of [
    { ...wanted, draftId: otherDraft },
    { ...wanted, fileId: earlier!.id },
  ])
    await expect(reuseFile(theirs, wish)).rejects.toBeInstanceOf(NotFound);
});
