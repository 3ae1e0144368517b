import { useLocale, useTranslations } from "next-intl";

import { CoolingMeter } from "@/components/deregistrations/cooling-meter";
import { HiddenBelow } from "@/components/layout/pathname";
import { Banner } from "@/components/ui/banner";
import { Icon } from "@/components/ui/icon";
import { ButtonLink } from "@/components/ui/button";
import { BareLink } from "@/components/ui/link";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import type { Locale } from "@/db/vocabulary/languages";
import type { listOwnDeregistrations } from "@/domain/deregistrations/read-own";
import type { OpenAdvice } from "@/domain/incidents/open-advice";
import type { PendingAnswer } from "@/domain/policies/pending-answers";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { localized } from "@/lib/localized";

type Props = {
  deregistrations: Awaited<ReturnType<typeof listOwnDeregistrations>>;
  now: Date;
};

/** On every page, for every member: the account is on its way out, and until when it can be kept. */
export function DeregistrationBanner({ deregistrations, now }: Props) {
  const t = useTranslations("deregistrations.own.banner");
  const locale = useLocale();
  return deregistrations.map((one) => {
    const { id, accountId, accountName, executeAfter, isOwner, isDisposing } = one;
    const phase = isDisposing ? "disposing" : executeAfter ? "cooling" : "awaiting";
    return (
      <Banner
        key={id}
        tone="danger"
        title={t(phase, { account: accountName })}
        actions={
          <ButtonLink size="sm" href={at("/account/deregistration", { account: accountId })}>
            {t(isOwner && !isDisposing ? "cancel" : "look")}
          </ButtonLink>
        }
      >
        {executeAfter && !isDisposing
          ? t("coolingText", { at: formatDateTime(executeAfter, locale) })
          : t(isDisposing ? "disposingText" : "awaitingText")}
        {executeAfter && !isDisposing && <CoolingMeter executeAfter={executeAfter} now={now} />}
      </Banner>
    );
  });
}

/**
 * The incidents that want action of the reader's accounts (P18), a line each, on every page until they
 * are dealt with or closed: an account that was not told has none.
 */
export function IncidentBanner({ advice }: { advice: readonly OpenAdvice[] }) {
  const t = useTranslations("home.console.banner");
  const locale = useLocale();
  if (advice.length === 0) return null;
  return (
    <ul
      aria-label={t("incidents")}
      className="bg-danger-soft text-ink rounded-md px-3 group-has-[[data-without-banner]]/page:mb-6 sm:px-4 forced-colors:border"
    >
      {advice.map(({ number, title }) => {
        const { text, locale: language } = localized(title, locale);
        return (
          <li key={number}>
            <BareLink
              href={at("/incidents/*", number, { "#": "own" })}
              className="flex min-h-11 items-center gap-2.5 py-2 no-underline sm:gap-3"
            >
              <Icon name="error" className="text-danger" />
              <span className="line-clamp-2 min-w-0">
                <strong>{t("act")}</strong>{" "}
                <span lang={language === locale ? undefined : language}>{text}</span>
              </span>
              <Icon name="chevron-right" className="text-ink-muted ml-auto" />
            </BareLink>
          </li>
        );
      })}
    </ul>
  );
}

/** The to-do says it there, or the answer is given. */
const SAY_IT_THEMSELVES = ["/home", "/acknowledgements"];

/** The nearest major change that waits for an answer; the others are in the list behind it. The change's own message and the wizard do without it (`data-without-banner`). */
export function ChangeBanner({ pending }: { pending: readonly PendingAnswer[] }) {
  const t = useTranslations("home.console.banner");
  const locale = useLocale() as Locale;
  const next = pending.find(({ state }) => state !== "deferred");
  if (!next) return null;
  const binds = BINDING_ROLES.some((role) => role === next.role);
  const href = at("/acknowledgements/*", next.versionId);
  const words = { title: next.titles[locale], label: next.label };
  return (
    <HiddenBelow paths={SAY_IT_THEMSELVES}>
      <BareLink
        href={href}
        className="bg-warn-soft text-ink flex min-h-11 items-center gap-2.5 rounded-md px-3 no-underline group-has-[[data-without-banner]]/page:hidden sm:hidden forced-colors:border"
      >
        <Icon name="warn" className="text-warn" />
        <span className="min-w-0 truncate font-semibold">{t("short", words)}</span>
        <Icon name="chevron-right" className="text-ink-muted ml-auto" />
      </BareLink>
      <div className="group-has-[[data-without-banner]]/page:hidden max-sm:hidden">
        <Banner
          tone="warn"
          title={t("title", words)}
          actions={
            <ButtonLink size="sm" href={href}>
              {t("view")}
            </ButtonLink>
          }
        >
          {t(
            next.state === "overdue"
              ? binds
                ? "overdue"
                : "overdueOwners"
              : binds
                ? "yours"
                : "owners",
            { date: formatDateTime(next.effectiveAt, locale) },
          )}
        </Banner>
      </div>
    </HiddenBelow>
  );
}
