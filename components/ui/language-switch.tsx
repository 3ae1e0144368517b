"use client";

import { useLocale } from "next-intl";
import { usePathname, useSearchParams } from "next/navigation";
import { Suspense } from "react";

import { LOCALES } from "@/db/vocabulary/languages";
import { LOCALE_COOKIE } from "@/messages/routing";

const NAMES = { "zh-CN": "中文", en: "English" } as const;

/** The same page in the other language, at the same section. */
export function LanguageSwitch() {
  const pathname = usePathname();
  return (
    <Suspense fallback={<Switch href={pathname} />}>
      <WithSearch pathname={pathname} />
    </Suspense>
  );
}

/** The search part is only known in the browser: a prerendered page has none. */
function WithSearch({ pathname }: { pathname: string }) {
  const search = useSearchParams().toString();
  return <Switch href={search ? `${pathname}?${search}` : pathname} />;
}

/** Loads the page anew: the document's language and the words of the browser change with it, and `manners` keeps the choice. */
function Switch({ href }: { href: string }) {
  const current = useLocale();
  return LOCALES.filter((locale) => locale !== current).map((locale) => (
    <a
      key={locale}
      href={href.replace(/^\/[^/?]+/, `/${locale}`)}
      lang={locale}
      hrefLang={locale}
      data-language={`${LOCALE_COOKIE}=${locale}`}
      className="text-ui text-ink-soft hover:bg-hover inline-flex min-h-9 items-center rounded-md px-2.5 no-underline max-md:min-h-11"
    >
      {NAMES[locale]}
    </a>
  ));
}
