import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";

import { readDiffOptions } from "@/components/policies/diff-options";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { findVersion, type OpsVersion } from "@/domain/policies/find-version";
import { formatDateTime } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { Audience } from "../_components/audience";
import { History } from "../_components/history";
import { Preview } from "../_components/preview";
import { VersionHead } from "../_components/version-head";
import { Decision } from "./_components/decision";
import { ReviewComparison } from "./_components/review-comparison";
import { ReviewFacts } from "./_components/review-facts";

type Props = {
  params: Promise<{ documentId: string; versionId: string }>;
  searchParams: Promise<{ layout?: string; view?: string; language?: string }>;
};

export async function generateMetadata({ params }: Props) {
  const { versionId } = await params;
  const ctx = await requireContext("policy.readDrafts");
  const { document, version } = await orNotFound(findVersion(ctx, { versionId }));
  const [t, locale] = await Promise.all([getTranslations("policies.ops.review"), getLocale()]);
  return { title: t("pageTitle", { title: document.titles[locale], label: version.label }) };
}

/** Exactly what will leave, for the second person who lets it go, and for its author beforehand. */
export default async function ReviewPage({ params, searchParams }: Props) {
  const [{ documentId, versionId }, search] = [await params, await searchParams];
  const ctx = await requireContext("policy.readDrafts");
  const read = await orNotFound(findVersion(ctx, { versionId }));
  const { status } = read.version;
  const here = `/ops/policies/${documentId}/${versionId}`;
  if (!["draft", "in_review", "discarded"].includes(status))
    redirect(`/${await getLocale()}${here}`);
  const t = await getTranslations("policies.ops.review");

  return (
    <>
      <VersionHead
        {...read}
        part={t("part")}
        actions={
          status !== "discarded" &&
          may(ctx.actor, "policy.draft") && <ButtonLink href={here}>{t("edit")}</ButtonLink>
        }
      />
      {status === "discarded" && (
        <div className="mb-6">
          <Banner tone="plain" title={t("discarded", { name: read.discarderName ?? "" })}>
            {t("discardedText")}
          </Banner>
        </div>
      )}
      {status === "draft" && (
        <div className="mb-6">
          <Banner tone="plain" title={t("notSubmitted")}>
            {t("notSubmittedText")}
          </Banner>
        </div>
      )}
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_416px]">
        <div className="min-w-0">
          <ReviewFacts {...read} />
        </div>
        <aside className="min-w-0">
          <Section title={t("audience")}>
            <Audience ctx={ctx} {...read} />
          </Section>
        </aside>
      </div>
      <Past {...read} />
      <Section id="comparison" title={t("comparison")} note={t("comparisonNote")}>
        <ReviewComparison
          {...read}
          href={`${here}/review`}
          options={readDiffOptions(search)}
          language={search.language}
        />
      </Section>
      <Section title={t("leaves")} note={t("leavesNote")}>
        <Preview ctx={ctx} {...read} height="h-160" />
      </Section>
      {status === "in_review" && <Decision ctx={ctx} {...read} />}
    </>
  );
}

/** Why it was sent back before, whether it has changed since, and everything else that happened to it. */
async function Past(read: OpsVersion) {
  const [t, locale] = await Promise.all([getTranslations("policies.ops.review"), getLocale()]);
  const last = read.reviews.findLast(({ decision }) => decision === "rejected");
  if (!last) return null;
  const at = formatDateTime(last.decidedAt, locale);
  const isSame = last.contentHash === read.hashNow;
  return (
    <Section title={t("past")}>
      <div className="mb-4">
        <Banner tone="warn" title={t("sentBack", { name: last.reviewerName, at })}>
          <span className="block wrap-anywhere whitespace-pre-line">{last.reason}</span>
          <span className="mt-1 block font-semibold">{t(isSame ? "unchanged" : "changed")}</span>
        </Banner>
      </div>
      <History {...read} withdrawals={[]} />
    </Section>
  );
}
