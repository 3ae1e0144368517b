import { connection } from "next/server";
import type { MetadataRoute } from "next";

import { LOCALES } from "@/db/vocabulary/languages";
import { setting } from "@/lib/env";

/** Rooms for those who sign in, and links that open by a key: nothing there is for search engines. */
const PRIVATE = ["ops", "settings", "inbox", "requests", "t", "sign-in"];

export default async function robots(): Promise<MetadataRoute.Robots> {
  await connection();
  return {
    rules: {
      userAgent: "*",
      allow: "/",
      disallow: [
        "/api/",
        ...LOCALES.flatMap((locale) => PRIVATE.map((one) => `/${locale}/${one}`)),
      ],
    },
    sitemap: `${setting("APP_ORIGIN") ?? ""}/sitemap.xml`,
  };
}
