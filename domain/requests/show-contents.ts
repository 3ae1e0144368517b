import { and, eq } from "drizzle-orm";
import { z } from "zod";

import { requestFiles } from "@/db/schema";
import { unseal, unsealText } from "@/lib/seal";

import { NotFound } from "../errors";
import { verb } from "../verb";
import { requestNumber } from "./input";
import { findStaffRequest } from "./staff-requests";

/** Uncovers the identifiers of a case; who looked is on the record. @throws NotFound */
export const showSubjects = verb({
  may: "request.readAsStaff",
  input: z.object({ number: requestNumber }),

  async run({ tx, actor, record }, { number }) {
    const request = await findStaffRequest(tx, { actor, number });
    await record("request.subjects_shown", {
      id: request.id,
      after: { count: request.subjectCount },
    });
    return request.subjects ? unsealText(request.subjects, "request.subjects").split("\n") : [];
  },
});

/** Opens a file of a case; every view is on the record (P25). @throws NotFound */
export const openRequestFile = verb({
  may: "request.readAsStaff",
  input: z.object({ number: requestNumber, fileId: z.string() }),

  async run({ tx, actor, record }, { number, fileId }) {
    const request = await findStaffRequest(tx, { actor, number });
    if (!z.uuid().safeParse(fileId).success) throw new NotFound("errors.notFound");
    const [file] = await tx
      .select()
      .from(requestFiles)
      .where(and(eq(requestFiles.id, fileId), eq(requestFiles.requestId, request.id)));
    if (!file) throw new NotFound("errors.notFound");
    await record("request.file_viewed", {
      id: request.id,
      after: { fileId, sha256: file.sha256 },
    });
    return {
      name: file.name,
      mediaType: file.mediaType,
      content: unseal(file.content, "request.file"),
    };
  },
});
