"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";

import { BareHead } from "@/components/ui/bare-head";
import { buttonClass } from "@/components/ui/button";
import { at, withLanguage } from "@/lib/addresses";

import { type Typed, typedWords, watchSession } from "./session-watch";

/**
 * What stands on a page of somebody signed in goes when their session ends, here, elsewhere or by its
 * limits, also where nobody can be asked (OWASP ASVS 14.3.1). What they have typed stays, to be copied.
 */
export function SessionGate({ children }: { children: React.ReactNode }) {
  const [typed, setTyped] = useState<readonly Typed[] | null>(null);
  useEffect(() => watchSession(() => setTyped(typedWords())), []);
  return typed ? <Ended typed={typed} /> : children;
}

function Ended({ typed }: { typed: readonly Typed[] }) {
  const t = useTranslations("ui.ended");
  const locale = useLocale();
  const here = `${location.pathname}${location.search}`;
  useEffect(() => {
    document.title = t("title");
    // What the server drew the page from.
    for (const script of document.querySelectorAll("script:not([src])")) script.remove();
  }, [t]);
  return (
    <main className="max-w-measure mx-auto px-4 py-16">
      <div role="status">
        <BareHead title={t("title")} note={<p>{t(typed.length > 0 ? "typed" : "text")}</p>} />
      </div>
      {typed.map(({ label, words }, index) => (
        <label key={index} className="mt-5 block">
          <span className="font-semibold">{label || t("field")}</span>
          <textarea
            readOnly
            rows={Math.min(12, words.split("\n").length + 1)}
            defaultValue={words}
            className="border-line-strong bg-surface mt-1.5 block w-full rounded-md border p-2"
          />
        </label>
      ))}
      <p className="mt-6">
        {/* By the browser and not by the router, which remembers pages. */}
        <a
          className={buttonClass({ variant: "primary" })}
          href={withLanguage(locale, at("/sign-in", { return: here }))}
        >
          {t("signIn")}
        </a>
      </p>
    </main>
  );
}
