import { unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";

import type { FormState } from "@/server/action";

import type { FormAction } from "./action-form";

/**
 * The action as a form calls it. An action that nobody answered (the database is away, the network, a
 * fault of ours) ends as a refusal beside the form, which keeps what was typed and may be sent again;
 * thrown on, it would put the error page in the place of both. On the server it stays the action
 * itself, to which a browser without scripts posts.
 */
export function answered(action: FormAction): FormAction {
  if (typeof window === "undefined") return action;
  return (previous, form) => action(previous, form).catch(asRefusal);
}

/** @throws what Next itself throws, to lead elsewhere */
export function asRefusal(error: unknown): Extract<FormState, { status: "refused" }> {
  unstable_rethrow(error);
  return { status: "refused", fields: {}, at: performance.now(), ...reasonOf(error) };
}

/** Of an action that happens by itself, and again another time: nothing is said of its failure. @returns false */
export function asUnheard(error: unknown): false {
  unstable_rethrow(error);
  return false;
}

/** A digest is the number under which the server has logged its fault (server/observe.ts). */
function reasonOf(error: unknown): { messageKey: string; values: Record<string, string> } {
  if (unstable_isUnrecognizedActionError(error))
    return { messageKey: "errors.outdated", values: {} };
  const id = error instanceof Error && "digest" in error ? String(error.digest) : "";
  return id
    ? { messageKey: "errors.broken", values: { id } }
    : { messageKey: "errors.unanswered", values: {} };
}
