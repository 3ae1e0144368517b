import { useLocale, useTranslations } from "next-intl";

import { ReadingPage } from "@/components/layout/reading-page";
import { Banner } from "@/components/ui/banner";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import type { SummarisedIncident } from "@/domain/incidents/find-published";
import { type Address } from "@/lib/addresses";
import { localized } from "@/lib/localized";

import { Said } from "../broadcasts/incident-body";
import { SummaryChip } from "./incident-status";

type Props = {
  incident: SummarisedIncident;
  /** Where to sign in; null for who is signed in. */
  signIn: Address | null;
};

/** All that everybody may read of a restricted incident. */
export function IncidentSummary({ incident, signIn }: Props) {
  const t = useTranslations("incidents");
  const { number, summary, publishedAt, withdrawnAt } = incident;
  return (
    <ReadingPage
      as="article"
      above={<Breadcrumb crumbs={[{ label: t("title"), href: "/incidents" }, { label: number }]} />}
      title={t("summary.title", { number })}
      lead={
        <span className="text-ui text-ink-muted flex flex-wrap items-center gap-x-4 gap-y-1.5">
          <SummaryChip />
          <span>{t.rich("summary.publishedAt", { at: () => <Time at={publishedAt} /> })}</span>
        </span>
      }
    >
      <div className="max-w-measure">
        {withdrawnAt && (
          <div className="mb-6">
            <Banner tone="warn" title={t("falseAlarm.title")}>
              {t.rich("falseAlarm.text", { at: () => <Time at={withdrawnAt} /> })}
            </Banner>
          </div>
        )}
        <Said text={localized(summary, useLocale())} />
        <p className="border-line text-ink-muted mt-8 border-t pt-4">{t("summary.explain")}</p>
        {signIn && (
          <Buttons className="mt-4">
            <ButtonLink href={signIn}>{t("own.signInLink")}</ButtonLink>
          </Buttons>
        )}
      </div>
    </ReadingPage>
  );
}
