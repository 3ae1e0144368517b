import { getLocale, getTranslations } from "next-intl/server";

import { ComposerFrame } from "@/components/layout/detail-frame";
import { Standing } from "@/app/[locale]/(ops)/ops/_reviews/frame";
import { readDiffOptions } from "@/components/policies/diff-options";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { at } from "@/lib/addresses";
import { redirectTo } from "@/server/redirect";

import { Audience } from "../_components/audience";
import { VersionHistory } from "../_components/history";
import { VersionLists } from "../_components/manifest-desk";
import { Preview } from "../_components/preview";
import { readVersionAt, type VersionParams } from "../_components/read-version";
import { ImportWarnings } from "../_components/import-warnings";
import { VersionChecks } from "../_components/version-checks";
import { VersionHead } from "../_components/version-head";
import { VersionDecision } from "./_components/decision";
import { ReviewComparison } from "./_components/review-comparison";
import { ReviewFacts } from "./_components/review-facts";
import { VersionSinceReturn } from "./_components/since-return";

type Props = {
  params: VersionParams;
  searchParams: Promise<{ layout?: string; view?: string; language?: string }>;
};

export async function generateMetadata({ params }: Props) {
  const {
    read: { document, version },
  } = await readVersionAt(params);
  const [t, locale] = await Promise.all([getTranslations("policies.ops.review"), getLocale()]);
  return { title: t("pageTitle", { title: document.titles[locale], label: version.label }) };
}

/** Exactly what will leave, for the second person who lets it go, and for its author beforehand. */
export default async function ReviewPage({ params, searchParams }: Props) {
  const [{ documentId, versionId }, search] = [await params, await searchParams];
  const { ctx, read } = await readVersionAt(params);
  const { status } = read.version;
  const here = at("/ops/policies/*/*", documentId, versionId);
  if (!["draft", "in_review", "discarded"].includes(status)) return redirectTo(here);
  const [t, r, h, reader] = await Promise.all([
    getTranslations("policies.ops.review"),
    getTranslations("reviews.review"),
    getTranslations("reviews.history"),
    getTranslations("reviews.reader"),
  ]);

  return (
    <>
      <VersionHead
        {...read}
        part={r("part")}
        actions={
          status !== "discarded" &&
          !read.version.provenance &&
          may(ctx.actor, "policy.draft") && <ButtonLink href={here}>{r("edit")}</ButtonLink>
        }
      />
      <Standing status={status} discarderName={read.discarderName} />
      <ImportWarnings {...read} isOpen={false} />
      <VersionChecks {...read} isOpen={false} />
      <VersionSinceReturn read={read} />
      <div className="mt-8">
        <ComposerFrame
          aside={
            <aside className="min-w-0">
              <Section title={t("audience")}>
                <Audience ctx={ctx} {...read} />
              </Section>
              <Section title={h("title")}>
                <VersionHistory read={read} />
              </Section>
            </aside>
          }
        >
          <ReviewFacts {...read} />
        </ComposerFrame>
      </div>
      <VersionLists {...read} />
      <Section id="comparison" title={t("comparison")} note={t("comparisonNote")}>
        <ReviewComparison
          {...read}
          href={at("/ops/policies/*/*/review", documentId, versionId)}
          options={readDiffOptions(search)}
          language={search.language}
        />
      </Section>
      <Section
        title={r("leaves")}
        note={t("leavesNote")}
        more={
          read.isTold && (
            <ButtonLink size="sm" href={at("/ops/policies/*/*/preview", documentId, versionId)}>
              {reader("open")}
            </ButtonLink>
          )
        }
      >
        <Preview ctx={ctx} {...read} height="h-160" />
      </Section>
      {status === "in_review" && <VersionDecision ctx={ctx} read={read} />}
    </>
  );
}
