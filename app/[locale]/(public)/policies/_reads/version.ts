import { cache } from "react";

import { type Locale } from "@/db/vocabulary";
import { readVersion } from "@/domain/policies/read";
import { found } from "@/server/found";
import { publicContext } from "@/server/public-context";

/** What the page and its metadata both show, read once a request. */
export const readPublicVersion = cache(async (slug: string, label: string | null, locale: Locale) =>
  found(readVersion(await publicContext(), { slug, locale, ...(label !== null && { label }) })),
);
