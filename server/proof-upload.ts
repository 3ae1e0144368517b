import "server-only";

import { DomainError, Invalid, type MessageValues, NotAllowed } from "@/domain/errors";
import { addDraftFile, addDraftFiles } from "@/domain/requests/draft-files";
import { MOST_FILE_BYTES } from "@/domain/requests/file-kind";
import { needsProof } from "@/domain/requests/filing-steps";
import type { Context } from "@/domain/context";
import { readLimited } from "@/lib/read-limited";

import type { GivenFile } from "./form-files";
import { REFUSAL_STATUS } from "./route";
import { sentencesOf } from "./said";
import { currentContext } from "./session";
import { secondsToWait } from "./work-budget";

/**
 * Takes one file that a script sends as raw bytes. Another site cannot make a browser send this kind
 * of content without asking first. A refusal says why by message key, as a form's state does.
 */
export async function receiveProof(
  request: Request,
  { draftId }: { draftId: string },
): Promise<Response> {
  const name = new URL(request.url).searchParams.get("name") ?? "";
  if (request.headers.get("content-type") !== "application/octet-stream")
    return refusal(415, "errors.form", {});
  const seconds = await secondsToWait("upload", request.headers);
  if (seconds > 0) return refusal(429, "errors.tooManyForms", { seconds });
  return takeProof(request, { draftId, name });
}

async function takeProof(request: Request, { draftId, name }: { draftId: string; name: string }) {
  try {
    const ctx = await currentContext();
    if (ctx.actor.kind !== "person") throw new NotAllowed("errors.signedOut");
    const bytes = await readLimited(request, MOST_FILE_BYTES);
    if (!bytes) return refusal(413, "requests.errors.file.tooLarge", { name });
    await addDraftFile(ctx, { draftId, fileName: name, bytes });
    return new Response(null, { status: 204 });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const key = error instanceof Invalid ? error.fields.file?.[0] : undefined;
    return refusal(REFUSAL_STATUS[error.code], key ?? error.messageKey, error.values);
  }
}

async function refusal(status: number, messageKey: string, values: MessageValues) {
  const said = await sentencesOf([messageKey], values);
  return Response.json(
    { messageKey, values, said },
    { status, ...(status === 429 && { headers: { "Retry-After": String(values.seconds) } }) },
  );
}

type Brought = { draftId: string; files: readonly GivenFile[] };

/**
 * Takes what was chosen on the page of the proof and lets go on.
 * @throws Invalid at "file": which of them were not kept and why, or that there is none yet
 */
export async function bringProof(ctx: Context, { draftId, files }: Brought): Promise<void> {
  const { answers, kept, refused } = await addDraftFiles(ctx, { draftId, files: [...files] });
  const [first, ...others] = refused;
  if (first)
    throw new Invalid(
      "errors.form",
      { file: others.length > 0 ? [first.key, "requests.errors.file.others"] : [first.key] },
      { name: first.name, others: others.map(({ name }) => name).join(", ") },
    );
  if (kept === 0 && needsProof(answers))
    throw new Invalid("errors.form", { file: ["requests.errors.file.missing"] });
}
