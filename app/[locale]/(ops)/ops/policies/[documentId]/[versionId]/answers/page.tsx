import { getLocale, getTranslations } from "next-intl/server";

import { COVERAGE_TONES } from "@/components/policies/answer-status";
import { VersionStatus } from "@/components/policies/version-status";
import { Banner } from "@/components/ui/banner";
import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Meter, type MeterPart } from "@/components/ui/meter";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { ASK_STATES } from "@/db/vocabulary/policies";
import { may } from "@/domain/access/permissions";
import { listTiers } from "@/domain/accounts/list-tiers";
import { coverageFilter, type CoverageFilters, readCoverage } from "@/domain/policies/coverage";
import { countDisagreements } from "@/domain/policies/disagreements";
import { countOwnPolicies } from "@/domain/policies/own-policy";
import { at, withLanguage } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { AnswerCourse } from "./_components/answer-course";
import { AnswerList } from "./_components/answer-list";
import { DisagreementTable } from "./_components/disagreement-table";
import { RemindForm } from "./_components/remind-form";
import { UnconsentedAccounts } from "./_components/unconsented";

type Coverage = Awaited<ReturnType<typeof readCoverage>>;
type Props = {
  params: Promise<{ documentId: string; versionId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props) {
  const { versionId } = await params;
  const ctx = await requireContext("policy.readCoverage");
  const { version } = await orNotFound(readCoverage(ctx, { versionId }));
  const [t, locale] = await Promise.all([getTranslations("policies.ops.answers"), getLocale()]);
  return { title: t("pageTitle", { title: version.titles[locale], label: version.label }) };
}

/** Which accounts have answered, how, and which have not. */
export default async function AnswersPage({ params, searchParams }: Props) {
  const [{ documentId, versionId }, asked] = [await params, await searchParams];
  const filter = coverageFilter.parse(asked);
  const page = typeof asked["page"] === "string" ? asked["page"] : undefined;
  const ctx = await requireContext("policy.readCoverage");
  const coverage = await orNotFound(readCoverage(ctx, { versionId, page, ...filter }));
  const { version, totals, known, reminders } = coverage;
  const [t, words] = await Promise.all([
    getTranslations("policies.ops.answers"),
    getTranslations("acknowledgements"),
  ]);
  const asks = version.asksForAnswers;
  // A reminder goes to whoever has not answered, also to accounts that joined later.
  const silent = totals.unanswered + totals.joined_later;

  return (
    <>
      <AnswersHead version={version} filter={filter} />
      <Quiet asks={asks} isClosed={!reminders} />
      <Meter label={t("meter")} parts={partsOf(coverage, words)} />
      <AnswerCourse {...coverage} now={ctx.now} />
      {totals.joined_later > 0 && (
        <p className="text-small text-ink-muted max-w-form mt-3">
          {t("joinedLater", { count: totals.joined_later })}
        </p>
      )}
      {known.people > 0 && (
        <p className="text-small text-ink-muted max-w-form mt-3">{t("known", known)}</p>
      )}
      <OwnPolicies figures={await countOwnPolicies(ctx, { versionId })} />
      {reminders && silent > 0 && may(ctx.actor, "policy.remind") && (
        <RemindForm version={version} unanswered={silent} ahead={reminders.ahead} />
      )}
      <DisagreementTable
        figures={await countDisagreements(ctx, { versionId })}
        changes={version.changes}
      />
      <UnconsentedAccounts
        {...{ ctx, documentId, versionId }}
        page={typeof asked["unconsented"] === "string" ? asked["unconsented"] : undefined}
      />
      <Section title={t("accounts")}>
        <AnswerList
          {...coverage}
          href={at("/ops/policies/*/*/answers", documentId, versionId)}
          counts={totals}
          asks={asks}
          waives={may(ctx.actor, "policy.waive") && reminders !== null}
          {...{ versionId, documentId }}
          filter={filter}
          tiers={await listTiers(ctx, {})}
        />
      </Section>
    </>
  );
}

/** Of a change that affects end users: how many apps' own policies speak of it (P40). */
async function OwnPolicies({ figures }: { figures: { apps: number; updated: number } }) {
  const t = await getTranslations("policies.ops.answers");
  if (figures.apps === 0) return null;
  return <p className="text-small text-ink-muted max-w-form mt-3">{t("ownPolicies", figures)}</p>;
}

type Words = Awaited<ReturnType<typeof getTranslations<"acknowledgements">>>;

/** The parts that add up to all accounts; how nobody stands is left out, but for the two answers. */
function partsOf({ totals }: Coverage, t: Words): MeterPart[] {
  const shown = ASK_STATES.filter(
    (one) => one === "acknowledged" || one === "disagreed" || totals[one] > 0,
  );
  return shown.toReversed().map((one) => ({
    label: t(`state.${one}`),
    count: totals[one],
    tone: COVERAGE_TONES[one],
  }));
}

/** Why nobody is asked, or nobody any more. */
async function Quiet({ asks, isClosed }: { asks: boolean; isClosed: boolean }) {
  const t = await getTranslations("policies.ops.answers");
  if (asks && !isClosed) return null;
  return (
    <div className="mb-6">
      <Banner tone="plain" title={t(asks ? "closed" : "notAsked")}>
        {t(asks ? "closedText" : "notAskedText")}
      </Banner>
    </div>
  );
}

type HeadProps = { version: Coverage["version"]; filter: CoverageFilters };

async function AnswersHead({ version, filter }: HeadProps) {
  const [t, words, locale] = await Promise.all([
    getTranslations("policies.ops.answers"),
    getTranslations("policies.ops"),
    getLocale(),
  ]);
  const title = version.titles[locale];
  const { documentId, id } = version;
  return (
    <PageHead
      title={t("title", { title, label: version.label })}
      crumbs={[
        { label: words("documents.title"), href: "/ops/policies" },
        { label: title, href: at("/ops/policies/*", documentId) },
        {
          label: words("label", { label: version.label }),
          href: at("/ops/policies/*/*", documentId, id),
        },
        { label: t("part") },
      ]}
      note={<VersionStatus status={version.status} />}
      actions={
        <a
          href={withLanguage(
            locale,
            at("/ops/policies/*/*/answers/answers.csv", documentId, id, filter),
          )}
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
