import { and, eq } from "drizzle-orm";
import { z } from "zod";

import { requestFiles } from "@/db/schema";
import { unseal } from "@/lib/seal";

import { NotFound } from "../errors";
import { uuid } from "../input";
import { verb } from "../verb";
import { requestNumber } from "./input";
import { findOwn } from "./visible";

/**
 * The content of a file of a request the reader may follow; the look is on the record.
 * @throws NotFound for anybody else's request, and for a file that belongs to another
 */
export const openOwnFile = verb({
  may: "request.readOwn",
  input: z.object({ number: requestNumber, fileId: uuid }),

  async run({ tx, actor, record }, { number, fileId }) {
    const request = await findOwn(tx, { actor, number });
    const [file] = await tx
      .select()
      .from(requestFiles)
      .where(and(eq(requestFiles.id, fileId), eq(requestFiles.requestId, request.id)));
    if (!file) throw new NotFound("errors.notFound");
    await record("request.file_viewed", {
      subject: { type: "request", id: request.id },
      after: { fileId, sha256: file.sha256 },
    });
    const { name, mediaType } = file;
    return { name, mediaType, bytes: unseal(file.content, "request.file") };
  },
});
