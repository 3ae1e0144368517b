import { and, asc, desc, eq, isNull, notInArray } from "drizzle-orm";
import { z } from "zod";

import { requestDrafts, requestFiles, requests } from "@/db/schema";

import { person } from "../access/permissions";
import { chore } from "../chore";
import type { Actor } from "../context";
import { Invalid, NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { MOST_FILES } from "./file-kind";
import { filesOfDraft, lockDraft } from "./find-draft";
import { keepFile } from "./keep-file";
import { scanFile, scanFiles } from "./scan-file";

/** Adds a file to a draft. @throws Invalid at "file"; NotFound for anybody else's draft */
export const addDraftFile = chore({
  may: "request.file",
  input: z.object({
    draftId: uuid,
    fileName: z.string(),
    bytes: z.instanceof(Uint8Array),
  }),

  prepare: async ({ draftId, ...file }) => ({ draftId, file: await scanFile(file) }),

  async run(step, { draftId, file }) {
    await lockDraft(step, draftId);
    await keepFile(step, { draftId }, file);
    await step.tx
      .update(requestDrafts)
      .set({ updatedAt: step.now })
      .where(eq(requestDrafts.id, draftId));
  },
});

/**
 * Keeps those of several files that can be kept, for a form that sends them together: one that is
 * no proof does not take the others along. A file that is there already stays so.
 * @returns how many the draft holds now, and each that was not kept with its reason
 * @throws NotFound for anybody else's draft
 */
export const addDraftFiles = chore({
  may: "request.file",
  input: z.object({
    draftId: uuid,
    files: z.array(z.object({ fileName: z.string(), bytes: z.instanceof(Uint8Array) })),
  }),

  prepare: async (given) => ({ ...given, files: await scanFiles(given.files) }),

  async run(step, { draftId, files }) {
    const { answers } = await lockDraft(step, draftId);
    const refused: { name: string; key: string }[] = [];
    for (const file of files) {
      const key = await refusalOf(keepFile(step, { draftId }, file));
      if (key && key !== "requests.errors.file.again") refused.push({ name: file.fileName, key });
    }
    const { tx, now } = step;
    await tx.update(requestDrafts).set({ updatedAt: now }).where(eq(requestDrafts.id, draftId));
    const kept = await tx.$count(requestFiles, eq(requestFiles.draftId, draftId));
    return { answers, kept, refused };
  },
});

/** Why a file is not kept; undefined where it was. Nothing has been written before a refusal. */
async function refusalOf(keeping: Promise<unknown>): Promise<string | undefined> {
  try {
    await keeping;
    return undefined;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return error.fields.file?.[0] ?? error.messageKey;
  }
}

/** Takes a file out of a draft again; once the request is filed, files stay. */
export const removeDraftFile = chore({
  may: "request.file",
  input: z.object({ draftId: uuid, fileId: uuid }),

  async run(step, { draftId, fileId }) {
    await lockDraft(step, draftId);
    await step.tx
      .delete(requestFiles)
      .where(and(eq(requestFiles.id, fileId), eq(requestFiles.draftId, draftId)));
  },
});

/** So many files of earlier requests are offered. */
const MOST_EARLIER = 10;

/** What somebody brought with requests of their own, while it is kept: nothing that was given to them. */
const broughtBy = (actor: Actor) => {
  const { id } = person(actor);
  return and(
    eq(requests.requesterId, id),
    eq(requestFiles.uploadedBy, id),
    isNull(requestFiles.decisionId),
  );
};

/** What the writer of a draft brought before and may bring again without uploading it, the latest first. */
export const listReusable = query({
  may: "request.file",
  input: z.object({ draftId: uuid }),

  async run({ db, actor }, { draftId }) {
    const there = (await filesOfDraft(db, draftId)).map(({ sha256 }) => sha256);
    const latest = db
      .selectDistinctOn([requestFiles.sha256], {
        id: requestFiles.id,
        name: requestFiles.name,
        size: requestFiles.size,
        uploadedAt: requestFiles.uploadedAt,
      })
      .from(requestFiles)
      .innerJoin(requests, eq(requests.id, requestFiles.requestId))
      .where(
        and(
          broughtBy(actor),
          there.length > 0 ? notInArray(requestFiles.sha256, there) : undefined,
        ),
      )
      .orderBy(asc(requestFiles.sha256), desc(requestFiles.uploadedAt), desc(requestFiles.id))
      .as("latest");
    return db
      .select()
      .from(latest)
      .orderBy(desc(latest.uploadedAt), desc(latest.id))
      .limit(MOST_EARLIER);
  },
});

/**
 * Brings a file of an earlier request again: a copy of its own, kept as long as the new one asks.
 * @throws NotFound for anybody else's draft or file; Invalid where there are five, or it is there already
 */
export const reuseFile = chore({
  may: "request.file",
  input: z.object({ draftId: uuid, fileId: uuid }),

  async run(step, { draftId, fileId }) {
    const { tx, actor, now } = step;
    await lockDraft(step, draftId);
    const [found] = await tx
      .select({ file: requestFiles })
      .from(requestFiles)
      .innerJoin(requests, eq(requests.id, requestFiles.requestId))
      .where(and(eq(requestFiles.id, fileId), broughtBy(actor)));
    if (!found) throw new NotFound("errors.notFound");
    const { name, mediaType, size, sha256, content, scannedAt } = found.file;
    const there = await filesOfDraft(tx, draftId);
    const refused = (key: string) => new Invalid("errors.form", { file: [key] }, { name });
    if (there.some((one) => one.sha256 === sha256)) throw refused("requests.errors.file.again");
    if (there.length >= MOST_FILES) throw refused("requests.errors.file.tooMany");
    await tx.insert(requestFiles).values({
      ...{ draftId, name, mediaType, size, sha256, content, scannedAt },
      ...{ uploadedBy: person(actor).id, uploadedAt: now },
    });
    await tx.update(requestDrafts).set({ updatedAt: now }).where(eq(requestDrafts.id, draftId));
  },
});
