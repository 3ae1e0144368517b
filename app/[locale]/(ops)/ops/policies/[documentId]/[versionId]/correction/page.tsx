import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { DiffView } from "@/components/policies/diff-view";
import { Banner } from "@/components/ui/banner";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { SegmentedLinks } from "@/components/ui/segmented-control";
import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import { may } from "@/domain/access/permissions";
import type { Person } from "@/domain/context";
import { type CorrectionDesk, readCorrections } from "@/domain/policies/corrections";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { MOST_CHARACTERS, MOST_CLAUSES } from "@/text/corrections";
import { compareTexts } from "@/text/offload";
import { ProposalDecision } from "@/app/[locale]/(ops)/ops/_reviews/decision";

import type { VersionParams } from "../_components/read-version";
import { decideCorrectionAction, proposeCorrectionAction } from "./actions";

type Props = {
  params: VersionParams;
  searchParams: Promise<{ done?: string; language?: string }>;
};

export async function generateMetadata() {
  const t = await getTranslations("policies.ops.correction");
  return { title: t("title") };
}

/** A slip in a text that was announced: put right by two, beside the text as it was announced. */
export default async function CorrectionPage({ params, searchParams }: Props) {
  const ctx = await requireContext("policy.readDrafts");
  const { versionId } = await params;
  const [t, words, locale, { done, language }, desk] = await Promise.all([
    getTranslations("policies.ops.correction"),
    getTranslations("policies.ops"),
    getLocale(),
    searchParams,
    orNotFound(readCorrections(ctx, { versionId })),
  ]);
  const { version, document, waiting, past } = desk;
  const outcome = (["proposed", "decided"] as const).find((one) => one === done);
  const isOpen = version.status === "scheduled" || version.status === "in_force";
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("lead")}
        crumbs={[
          { label: words("documents.title"), href: "/ops/policies" },
          { label: document.titles[locale], href: at("/ops/policies/*", document.id) },
          {
            label: words("label", { label: version.label }),
            href: at("/ops/policies/*/*", document.id, version.id),
          },
          { label: t("title") },
        ]}
      />
      {outcome && (
        <div className="mb-6">
          <Banner tone="ok" role="status">
            {t(outcome)}
          </Banner>
        </div>
      )}
      {waiting && <Waiting actor={ctx.actor} desk={desk} waiting={waiting} />}
      {!waiting && !isOpen && <Banner tone="plain">{t("notNow")}</Banner>}
      {!waiting && isOpen && may(ctx.actor, "policy.draft") && (
        <Propose desk={desk} language={language} />
      )}
      <Section title={t("past")}>
        {past.length > 0 ? <Past rows={past} /> : <p className="text-ink-muted">{t("none")}</p>}
      </Section>
    </>
  );
}

type DeskRow = CorrectionDesk["past"][number];
type WaitingProps = { actor: Person; desk: CorrectionDesk; waiting: DeskRow };

/** What waits for a second person: the comparison first, then the reason, then the decision. */
async function Waiting({ actor, desk: { version, document, texts }, waiting }: WaitingProps) {
  const [t, languages, locale] = await Promise.all([
    getTranslations("policies.ops.correction"),
    getTranslations("policies.language"),
    getLocale(),
  ]);
  const { correction, proposer } = waiting;
  const { entries } = await compareTexts(texts[correction.locale] ?? "", correction.body);
  return (
    <Section
      title={t("waiting")}
      note={t("waitingFrom", {
        name: proposer,
        at: formatDateTime(correction.proposedAt, locale),
        language: languages(correction.locale),
      })}
    >
      <DiffView entries={entries} layout="inline" onlyChanges lang={correction.locale} />
      <p className="mt-4 wrap-anywhere whitespace-pre-line">
        {t("reasonSaid", { reason: correction.reason })}
      </p>
      <ProposalDecision
        isOwn={correction.proposedBy === actor.id}
        isReviewer={may(actor, "policy.review")}
        action={decideCorrectionAction}
        hidden={{
          ...{ documentId: document.id, versionId: version.id },
          contentHash: correction.contentHash,
        }}
      />
    </Section>
  );
}

type ProposeProps = { desk: CorrectionDesk; language: string | undefined };

/** The text of one language as it reads, to be put right in place. */
async function Propose({ desk: { version, document, texts }, language }: ProposeProps) {
  const [t, languages] = await Promise.all([
    getTranslations("policies.ops.correction"),
    getTranslations("policies.language"),
  ]);
  const written = LOCALES.filter((one) => texts[one] !== undefined);
  const shown: Locale = written.find((one) => one === language) ?? document.bindingLocale;
  return (
    <Section
      title={t("propose")}
      note={t("proposeLead", { characters: MOST_CHARACTERS, clauses: MOST_CLAUSES })}
    >
      {written.length > 1 && (
        <div className="mb-4">
          <SegmentedLinks
            label={t("language")}
            items={written.map((one) => ({
              href: at("/ops/policies/*/*/correction", document.id, version.id, { language: one }),
              label: languages(one),
              current: one === shown,
            }))}
          />
        </div>
      )}
      <ActionForm
        key={shown}
        action={proposeCorrectionAction}
        label={t("propose")}
        guard
        className="max-w-pair"
      >
        <input type="hidden" name="documentId" value={document.id} />
        <input type="hidden" name="versionId" value={version.id} />
        <input type="hidden" name="locale" value={shown} />
        <TextareaField
          name="body"
          label={t("body", { language: languages(shown) })}
          hint={t("bodyHint")}
          required
          rows={20}
          lang={shown}
          defaultValue={texts[shown] ?? ""}
        />
        <TextareaField
          name="reason"
          label={t("reason")}
          hint={t("reasonHint")}
          required
          rows={2}
          maxLength={1000}
        />
        <div className="mt-6">
          <SubmitButton>{t("submit")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

/** What was decided, the last first. */
async function Past({ rows }: { rows: readonly DeskRow[] }) {
  const [t, locale] = await Promise.all([getTranslations("policies.ops.correction"), getLocale()]);
  return (
    <ul className="grid gap-3">
      {rows.map(({ correction, proposer }) => {
        const { id, decision, decidedAt, proposedAt, reason, refusal } = correction;
        const names = { proposer, decider: correction.decidedName ?? "" };
        return (
          <li key={id} className="wrap-anywhere">
            {formatDateTime(decidedAt ?? proposedAt, locale)} · {reason}
            <p className="text-small text-ink-muted">
              {decision === "approved"
                ? t("approvedBy", names)
                : t("refusedBy", { ...names, reason: refusal ?? "" })}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
