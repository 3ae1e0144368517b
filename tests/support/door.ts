import { randomUUID } from "node:crypto";

import type { Visitor } from "@/domain/access/door-limits";
import { recordSignInMailed } from "@/domain/access/sign-in-mail";
import { asJob } from "@/domain/context";
import { newBrowserMark } from "@/domain/access/browser-mark";

/** Somebody at the door in a browser of their own, from a network of their own unless it is given. */
export const givenVisitor = (network: string = randomUUID()): Visitor => ({
  network,
  mark: newBrowserMark(),
  device: "Chrome · Windows",
});

/** Has the mail of a sign-in request leave. */
export const letMailLeave = (requestId: string, at: Date) =>
  recordSignInMailed(asJob("mail-sign-in", at), { requestId });
