import type { check } from "@/lib/check-proof";

/** How a check ended. */
export type Found = Awaited<ReturnType<typeof check>>;

/** What public/verify.mjs looks at, in its order. */
export const PROOF_PARTS = [
  "text",
  "shape",
  "who",
  "what",
  "entry",
  "inclusion",
  "key",
  "checkpoint",
] as const;

/** What can be wrong with a file of a bundle, beside what can be wrong with a proof. */
export const BUNDLE_PARTS = [
  "missing",
  "extra",
  "hash",
  "sealed",
  "posted",
  "stamp",
  "zip",
] as const;

/** What can be wrong with the proof that one checkpoint goes on from another. */
export const CONSISTENCY_PARTS = ["text", "format", "earlier", "later", "proof"] as const;

/** What an answer says, of which each has a name; anything else is shown as it is stored. */
export const PROOF_FIELDS = [
  "receiptNumber",
  "accountName",
  "answer",
  "statement",
  "reason",
  "contentHash",
  "answeredAt",
] as const;

type BundleWord =
  | "holds"
  | "fails"
  | "failsAt"
  | "records"
  | "bound"
  | "stamps"
  | "stamp"
  | "stampNote";

type Word =
  | "choose"
  | "drop"
  | "file"
  | "checking"
  | "holds"
  | "holdsText"
  | "fails"
  | "failsAt"
  | "stranger"
  | "strangerText"
  | "unread"
  | "cannot"
  | "cannotText"
  | "steps"
  | "says"
  | "content"
  | "erased"
  | "notChecked"
  | "recorded"
  | "sealed"
  | "place"
  | "of"
  | "origin"
  | "key"
  | "action";

/** The sentences of a check, from the server: the browser has no patterns of messages. */
export type ProofWords = Record<Word, string> & {
  fields: readonly (readonly [name: string, label: string])[];
  answers: Readonly<Record<string, string>>;
  parts: readonly { part: (typeof PROOF_PARTS)[number]; ok: string; bad: string }[];
  list: Record<"holds" | "holdsText" | "at", string>;
  checkpoints: Record<"holds" | "holdsText" | "earlier" | "later", string> & {
    parts: Readonly<Record<string, string>>;
  };
  bundle: Record<BundleWord, string> & {
    parts: Readonly<Record<string, string>>;
  };
};
