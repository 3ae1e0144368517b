import { createHash } from "node:crypto";

import { eq } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { requestFiles } from "@/db/schema";
import { seal } from "@/lib/seal";

import { person } from "../access/permissions";
import type { Context } from "../context";
import { Invalid } from "../errors";
import { cleanFileName } from "./file-name";
import { MEDIA_TYPES, MOST_FILES, recogniseFile } from "./file-kind";

export type GivenFile = { fileName: string; bytes: Uint8Array };

/**
 * Looks at a file, encrypts it and keeps it with a draft or a request.
 * @throws Invalid at "file", naming the file: what it is, or that there are five already
 */
export async function keepFile(
  { tx, actor, now }: Context & { tx: Tx },
  home: { draftId: string } | { requestId: string },
  { fileName, bytes }: GivenFile,
) {
  const refused = (key: string) => new Invalid("errors.form", { file: [key] }, { name: fileName });
  if (!fileName && bytes.length === 0) throw refused("filing.errors.file.missing");
  const found = recogniseFile(bytes);
  if ("refusal" in found) throw refused(found.refusal);
  const kept = await tx
    .select({ sha256: requestFiles.sha256 })
    .from(requestFiles)
    .where(
      "draftId" in home
        ? eq(requestFiles.draftId, home.draftId)
        : eq(requestFiles.requestId, home.requestId),
    );
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (kept.some((one) => one.sha256 === sha256)) throw refused("filing.errors.file.again");
  if (kept.length >= MOST_FILES) throw refused("filing.errors.file.tooMany");
  const [file] = await tx
    .insert(requestFiles)
    .values({
      ...home,
      name: cleanFileName(fileName, found.kind),
      mediaType: MEDIA_TYPES[found.kind],
      size: bytes.length,
      sha256,
      content: seal(bytes, "request.file"),
      uploadedBy: person(actor).id,
      uploadedAt: now,
    })
    .returning({ id: requestFiles.id, sha256: requestFiles.sha256, size: requestFiles.size });
  if (!file) throw new Error("the file was not written");
  return file;
}
