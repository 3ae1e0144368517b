import fc from "fast-check";
import { expect, test } from "vitest";

import { canonicalJson } from "@/lib/hash";
import { sha256 } from "@/lib/merkle";

import { commitToWhat, commitToWho, type SealedEntry, whatOf, whoOf } from "./leaf";

const texts = fc.string({ unit: "binary" });
const entries = fc.record({
  ...{ seq: fc.nat(), at: texts, action: texts, actorKind: texts, actorId: texts },
  ...{ subjectType: texts, subjectId: texts },
  ...{ before: fc.option(fc.jsonValue()), after: fc.option(fc.jsonValue()) },
});
const salts = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes));

const committed = (salt: Buffer, value: unknown): string =>
  sha256(Buffer.concat([salt, Buffer.from(canonicalJson(value))])).toString("hex");

test("a commitment is over the canonical JSON of what a proof shows, whatever stands in an entry", () => {
  fc.assert(
    fc.property(salts, entries, (salt: Buffer, entry: SealedEntry) => {
      expect(commitToWho(salt, entry)).toBe(committed(salt, whoOf(entry)));
      expect(commitToWhat(salt, entry)).toBe(committed(salt, whatOf(entry)));
    }),
  );
});
