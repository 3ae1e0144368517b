import { getLocale, getTranslations } from "next-intl/server";

import { VersionStatus } from "@/components/policies/version-status";
import { Banner } from "@/components/ui/banner";
import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Meter } from "@/components/ui/meter";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { type CoverageFilter, readCoverage } from "@/domain/policies/coverage";
import { found } from "@/server/found";
import { requireContext } from "@/server/session";

import { AnswerList } from "./_components/answer-list";
import { RemindForm } from "./_components/remind-form";

type Coverage = Awaited<ReturnType<typeof readCoverage>>;
type Props = {
  params: Promise<{ documentId: string; versionId: string }>;
  searchParams: Promise<{ show?: CoverageFilter; page?: string }>;
};

export async function generateMetadata({ params }: Props) {
  const { versionId } = await params;
  const ctx = await requireContext("policy.readCoverage");
  const { version } = await found(readCoverage(ctx, { versionId }));
  const [t, locale] = await Promise.all([getTranslations("policies.ops.answers"), getLocale()]);
  return { title: t("pageTitle", { title: version.titles[locale], label: version.label }) };
}

/** Which accounts have answered, how, and which have not. */
export default async function AnswersPage({ params, searchParams }: Props) {
  const [{ documentId, versionId }, { show, page }] = [await params, await searchParams];
  const ctx = await requireContext("policy.readCoverage");
  const coverage = await found(readCoverage(ctx, { versionId, page, ...(show && { show }) }));
  const { version, totals } = coverage;
  const t = await getTranslations("policies.ops.answers");
  const counts = { ...totals, unanswered: totals.all - totals.acknowledged - totals.disagreed };
  const asks = version.asksForAnswers;

  return (
    <>
      <AnswersHead version={version} show={show} />
      {!asks && (
        <div className="mb-6">
          <Banner tone="plain" title={t("notAsked")}>
            {t("notAskedText")}
          </Banner>
        </div>
      )}
      <Meter
        label={t("meter")}
        parts={[
          { label: t("filter.acknowledged"), count: counts.acknowledged, tone: "ok" },
          { label: t("filter.disagreed"), count: counts.disagreed, tone: "danger" },
          { label: t("filter.unanswered"), count: counts.unanswered, tone: "waiting" },
        ]}
      />
      {asks && counts.unanswered > 0 && may(ctx.actor, "policy.remind") && (
        <RemindForm version={version} unanswered={counts.unanswered} />
      )}
      <Section title={t("accounts")}>
        <AnswerList
          {...coverage}
          href={`/ops/policies/${documentId}/${versionId}/answers`}
          counts={counts}
          show={show}
        />
      </Section>
    </>
  );
}

type HeadProps = { version: Coverage["version"]; show: CoverageFilter | undefined };

async function AnswersHead({ version, show }: HeadProps) {
  const [t, words, locale] = await Promise.all([
    getTranslations("policies.ops.answers"),
    getTranslations("policies.ops"),
    getLocale(),
  ]);
  const title = version.titles[locale];
  const document = `/ops/policies/${version.documentId}`;
  const query = show ? `?${new URLSearchParams({ show }).toString()}` : "";
  return (
    <PageHead
      title={t("title", { title, label: version.label })}
      crumbs={[
        { label: words("documents.title"), href: "/ops/policies" },
        { label: title, href: document },
        { label: words("label", { label: version.label }), href: `${document}/${version.id}` },
        { label: t("part") },
      ]}
      note={<VersionStatus status={version.status} />}
      actions={
        <a
          href={`/${locale}${document}/${version.id}/answers/answers.csv${query}`}
          download
          className={buttonClass()}
        >
          <Icon name="download" />
          {t("download")}
        </a>
      }
    />
  );
}
