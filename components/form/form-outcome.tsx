"use client";

import { useLocale, useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

import { Banner } from "@/components/ui/banner";
import { CheckStatus } from "@/components/ui/check-status";
import { linkClass } from "@/components/ui/link";
import type { Locale } from "@/db/vocabulary/languages";
import { at, withLanguage } from "@/lib/addresses";
import { type FormState } from "@/server/action";

import { type FieldLabels } from "./field-labels";
import { fieldId } from "./field-id";
import { useForm } from "./form-state";
import { useMessage } from "./use-message";

type Props = {
  state: FormState;
  labels: FieldLabels;
  doneMessage?: React.ReactNode;
};

/** What came of the last submit: nothing yet, done, or what has to be changed. */
export function FormOutcome({ state, labels, doneMessage }: Props) {
  const t = useTranslations("ui.form");
  const say = useMessage(state.status === "done" ? state.said : undefined);
  if (state.status === "idle") return null;
  if (state.status === "refused")
    return <ErrorSummary key={state.at} refusal={state} labels={labels} />;

  const said = state.messageKey ? say(state.messageKey, state.values) : (doneMessage ?? t("done"));
  return (
    <div className="mb-5">
      <Banner tone="ok" role="status" onPaper={state.onPaper ?? false}>
        <span className="whitespace-pre-line">{said}</span>
      </Banner>
    </div>
  );
}

type Refusal = Extract<FormState, { status: "refused" }>;

/**
 * The error summary as GOV.UK's design system has it: on top, focused, each line a link to its
 * field, and the page's title says so too.
 */
function ErrorSummary({ refusal, labels }: { refusal: Refusal; labels: FieldLabels }) {
  const t = useTranslations("ui.form");
  const say = useMessage(refusal.said);
  const { scope } = useForm();
  const summary = useRef<HTMLDivElement>(null);
  const errors = Object.entries(refusal.fields).flatMap(([name, keys]) =>
    keys.map((key) => {
      const label = labels.get(fieldId(name, scope));
      const text = say(key, refusal.values);
      return { name, text: label ? t("named", { label, text }) : text };
    }),
  );

  useEffect(() => {
    summary.current?.focus();
    const title = document.title;
    const prefix = t("titlePrefix");
    if (!title.startsWith(prefix)) document.title = `${prefix}${title}`;
    return () => {
      document.title = title.startsWith(prefix) ? title.slice(prefix.length) : title;
    };
  }, [t]);

  return (
    <div
      ref={summary}
      role="alert"
      tabIndex={-1}
      className="border-danger bg-surface mb-6 scroll-mt-20 rounded-md border-2 px-4 py-3"
    >
      {/* Where nothing that was typed is at fault, nothing of it needs to be changed. */}
      <h2 className="text-body text-danger leading-6">
        {t(
          errors.length > 0 || refusal.messageKey === "errors.form" ? "errorTitle" : "refusedTitle",
        )}
      </h2>
      {/* With one fault its own line says all. */}
      {(errors.length !== 1 || refusal.messageKey !== "errors.form") && (
        <p className="mt-1">{say(refusal.messageKey, refusal.values)}</p>
      )}
      {refusal.messageKey === "access.errors.staleFactor" && (
        <DoorLink to="/sign-in/factor" words={t("confirmPerson")} />
      )}
      {refusal.messageKey === "errors.signedOut" && (
        <DoorLink to="/sign-in" words={t("signInBeside")} />
      )}
      {errors.length > 0 && (
        <ul className="mt-2 list-none">
          {errors.map(({ name, text }) => (
            <li key={`${name} ${text}`} className="text-danger py-0.5">
              {name ? (
                <a
                  href={`#${fieldId(name, scope)}`}
                  className={linkClass("text")}
                  onClick={focusField}
                >
                  {text}
                </a>
              ) : (
                text
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Opens beside this page, which keeps what was typed; the session is the same. */
function DoorLink({ to, words }: { to: "/sign-in" | "/sign-in/factor"; words: string }) {
  const locale = useLocale() as Locale;
  const here = usePathname();
  return (
    <p className="mt-2">
      <a
        href={withLanguage(locale, at(to, { return: here }))}
        target="_blank"
        className={linkClass("text")}
      >
        {words}
      </a>
    </p>
  );
}

function focusField(event: React.MouseEvent<HTMLAnchorElement>) {
  const target = document.getElementById(event.currentTarget.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.scrollIntoView({ block: "center" });
}

/** When the form's content was last saved; from the first change on, that it is not. */
export function SavedMark({ children }: { children: React.ReactNode }) {
  const t = useTranslations("ui.form");
  const { isUnsaved } = useForm();
  return (
    <span role="status">
      <CheckStatus isGood={!isUnsaved}>{isUnsaved ? t("unsaved") : children}</CheckStatus>
    </span>
  );
}
