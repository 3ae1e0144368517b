import { createHash } from "node:crypto";
import { and, asc, eq, isNull, sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { type Request, requestFiles } from "@/db/schema";
import { withoutMetadata } from "@/lib/picture-metadata";
import { seal } from "@/lib/seal";

import { person } from "../access/permissions";
import type { Context } from "../context";
import { Invalid } from "../errors";
import { type FileKind, MEDIA_TYPES, MOST_FILES, recogniseFile } from "./file-kind";
import { FILE_COLUMNS } from "./find-draft";
import type { ScannedFile } from "./scan-file";

/** Files of one form, which lie at "files" there. */
export const filesInput = z
  .array(z.object({ fileName: z.string(), bytes: z.instanceof(Uint8Array) }))
  .max(MOST_FILES, "requests.errors.file.tooMany")
  .default([]);

/**
 * What a file goes with: a draft or a request as proof, an answer or a message to the requester; or
 * proof that came with a message of the requester's.
 */
type Home =
  | { draftId: string }
  | { requestId: string; decisionId?: string; messageId?: string; isProof?: true };

/**
 * Looks at a file, encrypts it and keeps it with what it goes with; of a picture nothing but how it looks,
 * so that nobody tells where they live by a photograph. The hash is of what is kept.
 * @throws Invalid at "file", naming the file: what it is, or that there are five already
 */
export async function keepFile(
  { tx, actor, now }: Context & { tx: Tx },
  home: Home,
  { fileName, bytes: brought, scan }: ScannedFile,
) {
  const uploadedBy = person(actor).id;
  const refused = (key: string) => new Invalid("errors.form", { file: [key] }, { name: fileName });
  const read = readBrought({ fileName, bytes: brought, scan });
  if ("refusal" in read) throw refused(read.refusal);
  const { kind, bytes } = read;
  const kept = await tx
    .select({ sha256: requestFiles.sha256 })
    .from(requestFiles)
    .where(filesAt(home, uploadedBy));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (kept.some((one) => one.sha256 === sha256)) throw refused("requests.errors.file.again");
  if (kept.length >= MOST_FILES) throw refused("requests.errors.file.tooMany");
  const [file] = await tx
    .insert(requestFiles)
    .values({
      ...home,
      name: cleanFileName(fileName, kind, isForRequester(home)),
      mediaType: MEDIA_TYPES[kind],
      size: bytes.length,
      sha256,
      content: seal(bytes, "request.file"),
      uploadedBy,
      uploadedAt: now,
      scannedAt: scan === "clean" ? now : null,
    })
    .returning({ id: requestFiles.id, sha256: requestFiles.sha256, size: requestFiles.size });
  if (!file) throw new Error("the file was not written");
  return file;
}

type Read = { kind: FileKind; bytes: Uint8Array } | { refusal: string };

/** What a file is and what is kept of it, or why nothing is. */
function readBrought({ fileName, bytes, scan }: ScannedFile): Read {
  if (!fileName && bytes.length === 0) return { refusal: "requests.errors.file.missing" };
  const found = recogniseFile(bytes);
  if ("refusal" in found) return found;
  if (scan === "found") return { refusal: "requests.errors.file.malware" };
  if (scan === "away") return { refusal: "requests.errors.file.notScanned" };
  const { kind } = found;
  if (kind !== "jpg" && kind !== "png") return { kind, bytes };
  const clean = withoutMetadata(kind, bytes);
  return clean ? { kind, bytes: clean } : { refusal: "requests.errors.file.damaged" };
}

const isForRequester = (home: Home): boolean =>
  !("draftId" in home) && !home.isProof && Boolean(home.decisionId ?? home.messageId);

/** The files that are there already; all of a requester's are proof, whatever they came with. */
function filesAt(home: Home, uploadedBy: string): SQL | undefined {
  if ("draftId" in home) return eq(requestFiles.draftId, home.draftId);
  const { requestId, decisionId, messageId } = home;
  if (home.isProof)
    return and(eq(requestFiles.requestId, requestId), eq(requestFiles.uploadedBy, uploadedBy));
  return and(
    eq(requestFiles.requestId, requestId),
    decisionId ? eq(requestFiles.decisionId, decisionId) : isNull(requestFiles.decisionId),
    messageId ? eq(requestFiles.messageId, messageId) : isNull(requestFiles.messageId),
  );
}

/** Whether a file is proof, as a column: none that goes with an answer or a message to the requester. */
export const isProof = ({ requesterId }: Pick<Request, "requesterId">) =>
  sql<boolean>`(${requestFiles.decisionId} is null
    and (${requestFiles.messageId} is null or ${requestFiles.uploadedBy} = ${requesterId}))`;

/** A request's files: the proof, and what goes with answers and messages. */
export const filesOfRequest = (db: Db | Tx, request: Pick<Request, "id" | "requesterId">) =>
  db
    .select({
      ...FILE_COLUMNS,
      decisionId: requestFiles.decisionId,
      messageId: requestFiles.messageId,
      isProof: isProof(request),
    })
    .from(requestFiles)
    .where(eq(requestFiles.requestId, request.id))
    .orderBy(asc(requestFiles.uploadedAt), asc(requestFiles.id));

/** Keeps several in order. @throws Invalid at "files", which is what such forms call them */
export async function keepFiles(
  step: Context & { tx: Tx },
  home: Home,
  files: readonly ScannedFile[],
) {
  const kept = [];
  try {
    for (const file of files) kept.push(await keepFile(step, home, file));
  } catch (error) {
    if (error instanceof Invalid)
      throw new Invalid(error.messageKey, { files: error.fields.file ?? [] }, error.values);
    throw error;
  }
  return kept;
}

const MOST = 100;
/** Endings that say what a file is, or pretend to. */
const ENDING =
  /\.(pdf|png|jpe?g|jfif|docx?|docm|txt|md|exe|com|scr|bat|cmd|msi|js|vbs|hta|lnk|html?|svg|xml|php|zip|rar|7z|jar|apk|dmg|iso|img|sh)$/i;

/**
 * A name that is safe to show and to save under: no folders, no invisible or direction characters,
 * and one ending, that of what the file truly is ("回单.pdf.exe" which is a PDF is "回单.pdf"). With
 * `keepsData`, text that calls itself a table or a data file stays one: a copy of data to work with.
 */
export function cleanFileName(given: string, kind: FileKind, keepsData = false): string {
  let stem = given
    .toWellFormed()
    .normalize("NFC")
    .replace(/^.*[/\\]/s, "")
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .trim();
  const data = keepsData && kind === "txt" ? /\.(csv|json)$/i.exec(stem)?.[1]?.toLowerCase() : null;
  if (data) stem = stem.slice(0, -data.length - 1);
  while (ENDING.test(stem)) stem = stem.replace(ENDING, "").trimEnd();
  const short = [...stem.replace(/^\.+/, "")].slice(0, MOST).join("").trim();
  return `${short || "file"}.${data ?? kind}`;
}
