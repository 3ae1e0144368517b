import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { requestFiles } from "@/db/schema";
import { provide } from "@/lib/env";
import { metrics } from "@/lib/metrics";
import { EICAR, serveClamd } from "@/stand-ins/clamd";
import { acting } from "@/tests/support/context";
import { givenPerson, givenStaff } from "@/tests/support/people";

import { scannerState } from "./scanner-state";
import { addDraftFile, addDraftFiles } from "./draft-files";
import { startDraft } from "./start-draft";

const clamd = await serveClamd();
beforeAll(() => provide({ CLAMD: clamd.at }));
afterEach(() => {
  clamd.behave("right");
  provide({ CLAMD: clamd.at });
});
afterAll(async () => {
  provide({ CLAMD: "" });
  await clamd.stop();
});

const NOW = "2026-03-02 18:00";
const text = (fileName: string, words: string) => ({
  fileName,
  bytes: new TextEncoder().encode(words),
});
const CLEAN = text("回单.txt", "一份普通的回单");
const INFECTED = text("合同.txt", EICAR);

async function givenOwnDraft() {
  const ctx = acting(await givenPerson("申请人"), NOW);
  const { draftId } = await startDraft(ctx, { capacity: "end_user", type: "copy" });
  const kept = () => db.select().from(requestFiles).where(eq(requestFiles.draftId, draftId));
  return { ctx, draftId, kept };
}

const refusal = (key: string, name: string) => ({
  fields: { file: [`requests.errors.file.${key}`] },
  values: { name },
});

test("P25: a file in which a scanner finds malware is not kept, and its sender is told which", async () => {
  const { ctx, draftId, kept } = await givenOwnDraft();
  await expect(addDraftFile(ctx, { draftId, ...INFECTED })).rejects.toMatchObject(
    refusal("malware", "合同.txt"),
  );
  expect(await kept()).toEqual([]);

  await addDraftFile(ctx, { draftId, ...CLEAN });
  expect(await kept()).toMatchObject([{ name: "回单.txt", scannedAt: ctx.now }]);
});

test("of several, the clean ones are kept", async () => {
  const { ctx, draftId, kept } = await givenOwnDraft();
  const files = [INFECTED, CLEAN];
  expect(await addDraftFiles(ctx, { draftId, files })).toMatchObject({
    kept: 1,
    refused: [{ name: "合同.txt", key: "requests.errors.file.malware" }],
  });
  expect((await kept()).map(({ name }) => name)).toEqual(["回单.txt"]);
});

test("while the scanner does not look, nothing is taken; where none is set, it is told of each file", async () => {
  const { ctx, draftId, kept } = await givenOwnDraft();
  clamd.behave("cut");
  await expect(addDraftFile(ctx, { draftId, ...CLEAN })).rejects.toMatchObject(
    refusal("notScanned", "回单.txt"),
  );
  expect(await kept()).toEqual([]);

  provide({ CLAMD: "" });
  await addDraftFile(ctx, { draftId, ...CLEAN });
  expect(await kept()).toMatchObject([{ name: "回单.txt", scannedAt: null }]);
});

test("what is no proof by its kind is not shown to the scanner, and what it said is counted", async () => {
  const { ctx, draftId } = await givenOwnDraft();
  const before = clamd.looked();
  await expect(
    addDraftFile(ctx, { draftId, ...text("页.txt", "<html></html>") }),
  ).rejects.toMatchObject(refusal("webPage", "页.txt"));
  expect(clamd.looked()).toBe(before);
  const { values } = await metrics.scans.get();
  expect(values.map(({ labels }) => labels.result).toSorted()).toEqual(["away", "clean", "found"]);
});

test("operations see which scanner there is, of when its signatures are, and that it is away", async () => {
  const auditor = await givenStaff("auditor");
  const state = (at: string) => scannerState(acting(auditor, at), {});
  expect(await state("2026-03-05 09:00")).toEqual({
    ...{ state: "ready", version: "ClamAV 1.4.3" },
    signaturesOf: new Date("2026-03-02T08:00:00Z"),
  });
  expect(await state("2026-03-12 09:00")).toMatchObject({ state: "old" });
  provide({ CLAMD: "/nowhere/clamd.ctl" });
  expect(await state("2026-03-05 09:00")).toEqual({ state: "away", why: "ENOENT" });
  provide({ CLAMD: "" });
  expect(await state("2026-03-05 09:00")).toEqual({ state: "none" });
});
