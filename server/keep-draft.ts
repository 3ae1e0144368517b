import "server-only";
import type { z } from "zod";

import { REVIEW_SUBJECTS, type ReviewSubject } from "@/db/vocabulary/reviews";
import type { Context } from "@/domain/context";
import { NotAllowed, NotFound } from "@/domain/errors";
import { noticeInput } from "@/domain/incidents/input";
import { keepTypedNotice } from "@/domain/incidents/kept-wordings";
import { draftInput } from "@/domain/policies/input";
import { keepTypedVersion } from "@/domain/policies/kept-wordings";

import { readForm, readText } from "./read-form";
import { answer } from "./route";
import { currentContext } from "./session";

type Keeper = { keep: typeof keepTypedVersion; form: z.ZodObject };

const KEEPERS: Record<ReviewSubject, Keeper> = {
  version: { keep: keepTypedVersion, form: draftInput },
  notice: { keep: keepTypedNotice, form: noticeInput },
};

/**
 * What the page of a draft sends by itself: its form as it stands with the field "typed" where something
 * in it is not saved, or the revision alone. No action: it waits for nothing and nothing waits for it.
 */
export async function keepDraft(
  request: Request,
  { kind, id }: { kind: string; id: string },
): Promise<Response> {
  return answer(async () => {
    const ctx = await currentContext();
    if (ctx.actor.kind !== "person") throw new NotAllowed("errors.signedOut");
    const standing = await keepForm(ctx, { kind, id, form: await formOf(request) });
    return Response.json(standing, { headers: { "Cache-Control": "no-store" } });
  });
}

type Sent = { kind: string; id: string; form: FormData };

async function keepForm(ctx: Context, { kind, id, form }: Sent) {
  const subject = REVIEW_SUBJECTS.find((one) => one === kind);
  if (!subject) throw new NotFound("errors.notFound");
  const { keep, form: schema } = KEEPERS[subject];
  const typed = form.has("typed") ? (readForm(form, schema) as Record<string, unknown>) : null;
  return keep(ctx, { id, revision: readText(form, "revision"), typed });
}

/** Anything else than a form is an empty one, which its keeper refuses. */
const formOf = (request: Request): Promise<FormData> =>
  request.formData().catch(() => new FormData());
