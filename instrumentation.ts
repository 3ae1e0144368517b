import type { Instrumentation } from "next";

// Next compiles this file for its edge runtime too, which has neither a server nor pages of ours;
// there the branch is left out.

/** Runs once when a server process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") await (await import("./server/observe")).observe();
}

export const onRequestError: Instrumentation.onRequestError = async (...failure) => {
  if (process.env.NEXT_RUNTIME === "nodejs")
    await (await import("./server/observe")).noteFailure(...failure);
};
