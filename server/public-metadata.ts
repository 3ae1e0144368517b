import "server-only";
import { type Metadata } from "next";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { withLanguage, type Address } from "@/lib/addresses";
import { setting } from "@/lib/env";
import { routing } from "@/messages/routing";

type Page = {
  locale: Locale;
  path: Address;
  title: string;
  description: string;
  /** The languages the page's text exists in; in any other it shows the first of them. */
  locales?: readonly Locale[];
  /** Addresses of the same text for machines, by media type. */
  types?: Record<string, string>;
};

/** Title, description, canonical address and the page's other languages, for search and link previews. */
export function publicMetadata({ locale, path, title, description, ...page }: Page): Metadata {
  const locales = page.locales?.length ? page.locales : LOCALES;
  const shown = locales.includes(locale) ? locale : (locales[0] ?? locale);
  const original = locales.includes(routing.defaultLocale) ? routing.defaultLocale : shown;
  const languages = Object.fromEntries(locales.map((one) => [one, publicAddress(one, path)]));

  return {
    title,
    description,
    alternates: {
      canonical: publicAddress(shown, path),
      languages: { ...languages, "x-default": publicAddress(original, path) },
      ...(page.types && { types: page.types }),
    },
    openGraph: { title, description, url: publicAddress(locale, path), locale, type: "article" },
  };
}

/** The lasting address of a public page as readers cite it: `https://…/zh-CN/policies/im/3.2`. */
export function publicAddress(locale: Locale, address: Address): string {
  return (setting("APP_ORIGIN") ?? "") + withLanguage(locale, address);
}
