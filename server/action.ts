import "server-only";
import { refresh } from "next/cache";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";

import type { PasskeyQuestion } from "@/domain/access/ask-passkey";
import type { Context } from "@/domain/context";
import {
  Conflict,
  DomainError,
  Invalid,
  type MessageValues,
  NotAllowed,
  NotFound,
} from "@/domain/errors";
import type { Work } from "@/domain/access/spend-budget";
import { type Address } from "@/lib/addresses";
import { beginCall } from "@/lib/broken-calls";
import { headerPath } from "@/lib/return-path";

import { drawBeside } from "./drawn";
import { redirectTo } from "./redirect";
import { type Said, sentencesOf } from "./said";
import { currentContext, goToDoor, reportRefusal } from "./session";
import { secondsToWait } from "./work-budget";

/** What a form shows after it was sent. `fields` maps a field's name to message keys; `said` has their sentences. */
export type FormState =
  | { status: "idle" }
  | {
      status: "done";
      messageKey?: string;
      values?: MessageValues;
      said?: Said;
      /** Whether what is said belongs on the paper of this page: it is told this once. */
      onPaper?: boolean;
      /** What the page shows beside the form, drawn on the server: a preview, a result. */
      shown?: React.ReactNode;
      /** What the browser is to ask a passkey for. */
      question?: PasskeyQuestion;
    }
  | {
      status: "refused";
      messageKey: string;
      values: MessageValues;
      fields: Record<string, string[]>;
      said?: Said;
      /** The content was saved before the refusal: nothing of it is lost by leaving. */
      isSaved?: boolean;
      /** Changes with every refusal, so a repeated one is announced again. */
      at: number;
    };

/**
 * Where to go next, in the reader's language or along a `path` that a sign-in kept; what to say or to
 * show; nothing means the plain "saved". `next` is a second step after the content was saved: refused,
 * it leaves the content saved.
 */
export type Outcome =
  | void
  | { next: () => Promise<Outcome> }
  | { to: Address }
  | { path: string }
  | { messageKey: string; values?: MessageValues; onPaper?: boolean }
  | { shown: React.ReactNode }
  | { question: PasskeyQuestion };

type Submit = (ctx: Context, form: FormData) => Promise<Outcome>;
type Limits = {
  /** Work that is counted by network besides the files of the form. */
  work?: Work;
  /** Only draws something beside what is typed: nothing is changed, and the page stays as it is. */
  draws?: boolean;
};

/**
 * Turns a domain call into a form action for signed-in people. A session that ended meanwhile is
 * said beside the form, which keeps what was typed. The only place, with `publicAction`, where a
 * domain error meets a form; anything else thrown is a bug and shows the error page.
 */
export function formAction(submit: Submit, { work, draws = false }: Limits = {}) {
  return async (_previous: FormState, form: FormData): Promise<FormState> =>
    answer(draws, async () => {
      const ctx = await currentContext();
      if (ctx.actor.kind !== "person") throw new NotAllowed("errors.signedOut");
      const given = asForm(form);
      if (work) await count(work);
      for (const one of given.values())
        if (one instanceof File && one.size > 0) await count("upload");
      return submit(ctx, given);
    });
}

/** A form action that needs no sign-in. */
export function publicAction(submit: Submit) {
  return async (_previous: FormState, form: FormData): Promise<FormState> =>
    answer(false, async () => {
      await count("form");
      return submit(await currentContext(), asForm(form));
    });
}

/** @throws Conflict where the reader's network, or all together, asked for too much of it just now */
async function count(work: Work): Promise<void> {
  const seconds = await secondsToWait(work, await headers());
  if (seconds > 0) throw new Conflict("errors.tooManyForms", { seconds });
}

/**
 * A form that is one button (mark as read, sign out) and has no place for a refusal. A record that is
 * not the reader's is not found; whoever has to sign in or to confirm who they are is led to it, and
 * back to this page; what was done meanwhile, the page tells, shown anew.
 */
export function buttonAction(submit: Submit) {
  return async (form: FormData): Promise<void> => {
    const ctx = await currentContext();
    const state = await settle(false, async () => submit(ctx, asForm(form)));
    if (state.status !== "refused") return;
    if (state.messageKey === "errors.notFound") notFound();
    if (ctx.actor.kind !== "person" || state.messageKey === "access.errors.staleFactor")
      return goToDoor();
    refresh();
  };
}

/** An action is a public endpoint: whoever calls it may send anything in the place of a form. */
const asForm = (sent: unknown): FormData => (sent instanceof FormData ? sent : new FormData());

/** The outcome of a submit as form state, in words. */
async function answer(isStill: boolean, submit: () => Promise<Outcome>): Promise<FormState> {
  const state = await settle(isStill, submit);
  if (state.status === "idle" || !state.messageKey) return state;
  const fields = state.status === "refused" ? Object.values(state.fields).flat() : [];
  return { ...state, said: await sentencesOf([state.messageKey, ...fields], state.values ?? {}) };
}

/**
 * The outcome of a submit as form state; a redirect leaves by Next's own throw. What was done shows
 * at once on all of the page, the counts beside it too; after a refusal the page stays as it is.
 */
async function settle(isStill: boolean, submit: () => Promise<Outcome>): Promise<FormState> {
  beginCall(await headers());
  const outcome = await refusedOr(submit);
  if (outcome && "refused" in outcome) return outcome.refused;
  if (!isStill) refresh();
  return stateAfter(outcome, isStill);
}

async function stateAfter(outcome: Outcome, isStill: boolean): Promise<FormState> {
  if (!outcome) return { status: "done" };
  if ("next" in outcome) {
    const state = await settle(isStill, outcome.next);
    return state.status === "refused" ? { ...state, isSaved: true } : state;
  }
  if ("to" in outcome) return redirectTo(outcome.to);
  if ("path" in outcome) redirect(headerPath(outcome.path) ?? "/");
  if ("shown" in outcome) return drawnState(outcome.shown);
  return { status: "done", ...outcome };
}

/** Shown beside the form, or by the page that is made anew, whose form has nothing to say then. */
async function drawnState(drawn: React.ReactNode): Promise<FormState> {
  const shown = await drawBeside(drawn);
  return shown ? { status: "done", shown } : { status: "idle" };
}

async function refusedOr(submit: () => Promise<Outcome>) {
  try {
    return await submit();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error instanceof NotFound || error instanceof NotAllowed) await reportRefusal();
    const fields = error instanceof Invalid ? error.fields : {};
    const { messageKey, values } = error;
    return { refused: { status: "refused", messageKey, values, fields, at: Date.now() } as const };
  }
}
