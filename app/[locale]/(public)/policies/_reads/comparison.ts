import type { Locale } from "@/db/vocabulary/languages";
import { Invalid } from "@/domain/errors";
import { compareVersions } from "@/domain/policies/read";
import { orNotFound } from "@/server/or-not-found";
import { publicContext } from "@/server/public-context";

import { readPublicVersion } from "./version";

type Asked = { slug: string; label: string; since: string | null; locale: Locale };

/**
 * A version, what it is compared with (`since`, else the version before; null for the first), and
 * the comparison, null where there is nothing to compare or where it would take too long now.
 */
export async function readComparison({ slug, label, since, locale }: Asked) {
  const reading = await readPublicVersion(slug, label, locale);
  const before = since ?? reading.previousLabel;
  if (before === null || before === label)
    return { reading, before, comparison: null, isBusy: false };

  const asked = { slug, label, since: before, locale };
  try {
    const comparison = await orNotFound(compareVersions(await publicContext(), asked));
    return { reading, before, comparison, isBusy: false };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return { reading, before, comparison: null, isBusy: true };
  }
}

export type ComparisonReading = Awaited<ReturnType<typeof readComparison>>;
