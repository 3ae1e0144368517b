import "server-only";

import { proofText, type SealedProof } from "@/domain/audit/proof";
import { NotFound } from "@/domain/errors";

import { fileDownload } from "./file-download";

/** A proof as the file that /verify and verify.mjs check. @throws NotFound while it is not sealed */
export function proofDownload(name: string, proof: SealedProof | null): Response {
  if (!proof) throw new NotFound("errors.notFound");
  return fileDownload({
    name: `${name}.proof.json`,
    mediaType: "application/json",
    bytes: new TextEncoder().encode(proofText(proof.file)),
  });
}
