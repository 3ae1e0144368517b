"use client";

import { useLocale } from "next-intl";
import { useSearchParams } from "next/navigation";
import { Suspense } from "react";

import { LOCALES } from "@/db/vocabulary";
import { Link, usePathname } from "@/messages/navigation";

const NAMES = { "zh-CN": "中文", en: "English" } as const;

/** The same page in the other language. */
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

function Switch({ href }: { href: string }) {
  const current = useLocale();
  return LOCALES.filter((locale) => locale !== current).map((locale) => (
    <Link
      key={locale}
      href={href}
      locale={locale}
      lang={locale}
      hrefLang={locale}
      scroll={false}
      prefetch={false}
      className="text-ui text-ink-soft hover:bg-hover inline-flex min-h-9 items-center rounded-md px-2.5 no-underline max-md:min-h-11"
    >
      {NAMES[locale]}
    </Link>
  ));
}
