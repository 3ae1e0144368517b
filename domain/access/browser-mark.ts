import { createHash, randomBytes } from "node:crypto";

import { sign, signers, type Signer } from "@/lib/signing";

import { countingKey } from "./secrets";

/**
 * What a browser is known by at the door: a random number, and a seal for each mailbox whose owner
 * signed in with it before (OWASP's device cookies). It opens nothing; it only keeps strangers'
 * asks and guesses apart from the owner's. "number.seal.seal".
 */
const SHAPE = /^([A-Za-z0-9_-]{43})((?:\.[A-Za-z0-9_-]{22}){0,5})$/;
const MOST_INBOXES = 5;

export const newBrowserMark = (): string => randomBytes(32).toString("base64url");

/** Whether a cookie holds what `newBrowserMark` and `withInbox` write. */
export const isBrowserMark = (mark: string): boolean => SHAPE.test(mark);

/** What is stored of a browser: of its number, the hash. "" where it has none. */
export function browserHash(mark: string): string {
  const [, number] = SHAPE.exec(mark) ?? [];
  return number ? createHash("sha256").update(number).digest("base64url") : "";
}

/** Whether the owner of this mailbox signed in with this browser before. */
export function isFamiliar(mark: string, inbox: string): boolean {
  const [, number = "", seals = ""] = SHAPE.exec(mark) ?? [];
  if (number === "") return false;
  return signers().some((by) =>
    seals.split(".").includes(seal(number, countingKey("inbox", inbox, by), by)),
  );
}

/** The mark with this mailbox added, the oldest left out. */
export function withInbox(mark: string, inboxKey: string): string {
  const [, number = newBrowserMark(), seals = ""] = SHAPE.exec(mark) ?? [];
  const added = seal(number, inboxKey);
  const others = seals.split(".").filter((known) => known !== "" && known !== added);
  return [number, ...others.slice(1 - MOST_INBOXES), added].join(".");
}

const seal = (number: string, inboxKey: string, by: Signer = sign): string =>
  by(`familiar:${number}:${inboxKey}`).toString("base64url").slice(0, 22);
