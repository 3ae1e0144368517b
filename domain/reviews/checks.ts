import { hashOf } from "@/lib/hash";

import { Conflict } from "../errors";

/** Where something stands, and which words. */
type Found = { place: string | null; words: string | null };

/** An author's word on what one check found: on exactly these findings, and whose it is. `at`: ISO 8601. */
type Explanation = { digest: string; reason: string; by: string; at: string };
type Explanations<Check extends string> = Partial<Record<Check, Explanation>>;

export type CheckResult<Check extends string> = {
  check: Check;
  findings: Found[];
  /** Of the findings: an author's word counts for exactly these. */
  digest: string;
  explanation: { reason: string; by: string; at: string } | null;
  /** Whether nothing but mending it helps. */
  isBlocking: boolean;
};

/** What checks found, with what its author has said of exactly that; those that found nothing are left out. */
export function resultsOf<Check extends string>(
  found: readonly (readonly [Check, Found[]])[],
  kept: { explanations: Explanations<Check>; blocking: readonly Check[] },
): CheckResult<Check>[] {
  return found
    .filter(([, findings]) => findings.length > 0)
    .map(([check, findings]) => {
      const digest = hashOf(findings);
      const { [check]: given } = kept.explanations;
      const explanation = given?.digest === digest ? given : null;
      return { check, findings, digest, explanation, isBlocking: kept.blocking.includes(check) };
    });
}

type Refusals = { mend: string; explain: string };

/** What keeps a draft from its review, by its field. */
export const openChecks = (
  results: readonly CheckResult<string>[],
  { mend, explain }: Refusals,
): Record<string, string[]> =>
  Object.fromEntries(
    results
      .filter(({ explanation }) => !explanation)
      .map(({ check, isBlocking }) => [`explanations.${check}`, [isBlocking ? mend : explain]]),
  );

type Given<Check extends string> = Partial<Record<Check, { digest: string; reason: string }>>;
type Saying = { by: string; at: Date; foundOtherwise: string };

/**
 * What of an author's words is new, each bound to what was found; what is left blank stays open.
 * @throws Conflict where something else was found meanwhile, or only mending helps
 */
export function explained<Check extends string>(
  results: readonly CheckResult<Check>[],
  given: Given<Check>,
  { by, at, foundOtherwise }: Saying,
) {
  const said = (Object.keys(given) as Check[]).flatMap((check) => {
    const { reason = "", digest = "" } = given[check] ?? {};
    if (!reason.trim()) return [];
    const found = results.find((one) => one.check === check);
    if (!found || found.isBlocking || found.digest !== digest) throw new Conflict(foundOtherwise);
    if (found.explanation?.reason === reason.trim()) return [];
    return [{ check, digest, reason: reason.trim(), findings: found.findings }];
  });
  return {
    /** For the record. */
    said: said.map(({ check, reason, findings }) => ({ check, reason, findings })),
    added: Object.fromEntries(
      said.map(({ check, digest, reason }) => [
        check,
        { digest, reason, by, at: at.toISOString() },
      ]),
    ) as Explanations<Check>,
  };
}
