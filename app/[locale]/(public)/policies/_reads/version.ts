import type { Locale } from "@/db/vocabulary/languages";
import { readVersion } from "@/domain/policies/read";
import { orNotFound } from "@/server/or-not-found";
import { publicContext } from "@/server/public-context";

export const readPublicVersion = async (slug: string, label: string | null, locale: Locale) =>
  orNotFound(
    readVersion(await publicContext(), { slug, locale, ...(label !== null && { label }) }),
  );
