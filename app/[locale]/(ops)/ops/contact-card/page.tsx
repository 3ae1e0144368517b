import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { BilingualField } from "@/components/form/bilingual-field";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ContactLines } from "@/components/policies/contact-card";
import { Banner } from "@/components/ui/banner";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import type { CardContent } from "@/db/schema/policies";
import { CARD_LINES } from "@/db/vocabulary/policies";
import { may } from "@/domain/access/permissions";
import { type DeskCard, listContactCards } from "@/domain/policies/contact-card";
import { formatDate } from "@/lib/format";
import { localized } from "@/lib/localized";
import { shanghaiMidnight } from "@/lib/shanghai";
import { requireContext } from "@/server/session";
import { cardLines } from "@/wording/contact-card";

import { ProposalDecision } from "../_reviews/decision";
import { decideCardAction, proposeCardAction } from "./actions";

export async function generateMetadata() {
  const t = await getTranslations("policies.card");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ done?: string }> };

/** Who answers for the guides: what is shown today, what waits for a second person, what was before (P45, P58). */
export default async function ContactCardPage({ searchParams }: Props) {
  const ctx = await requireContext("policy.readDrafts");
  const [t, locale, { done }, cards] = await Promise.all([
    getTranslations("policies.ops.card"),
    getLocale(),
    searchParams,
    listContactCards(ctx, {}),
  ]);
  const { current, waiting, later, past } = cards;
  const outcome = (["proposed", "decided"] as const).find((one) => one === done);
  const dated = (since: string) => formatDate(shanghaiMidnight(since), locale);
  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      {outcome && (
        <div className="mb-6">
          <Banner tone="ok" role="status">
            {t(outcome)}
          </Banner>
        </div>
      )}
      <Section
        title={t("current")}
        note={current.since ? t("since", { date: dated(current.since) }) : undefined}
      >
        {!current.since && <p className="text-ink-muted mb-2">{t("fromSettings")}</p>}
        <ul>
          <ContactLines
            card={{ mail: current.mail, since: current.since, lines: cardLines(current, locale) }}
          />
        </ul>
      </Section>
      {waiting && (
        <Section
          title={t("waiting")}
          note={t("waitingFrom", { name: waiting.proposer, date: dated(waiting.card.since) })}
        >
          <Changes before={current} after={waiting.card.content} />
          <ProposalDecision
            isOwn={waiting.card.proposedBy === ctx.actor.id}
            isReviewer={may(ctx.actor, "policy.review")}
            action={decideCardAction}
            hidden={{ cardId: waiting.card.id }}
          />
        </Section>
      )}
      {later.length > 0 && (
        <Section title={t("later")}>
          <CardHistory cards={later} />
        </Section>
      )}
      {!waiting && may(ctx.actor, "policy.draft") && (
        <Propose current={current} today={cards.today} />
      )}
      <Section title={t("past")}>
        {past.length > 0 ? <CardHistory cards={past} /> : <p>{t("none")}</p>}
      </Section>
    </>
  );
}

type ChangesProps = { before: CardContent; after: CardContent };

/** Line by line what another card would say; what stays the same is left out. */
async function Changes({ before, after }: ChangesProps) {
  const [t, words, locale] = await Promise.all([
    getTranslations("policies.ops.card"),
    getTranslations("policies.card"),
    getLocale(),
  ]);
  const said = ({ lines }: CardContent, line: (typeof CARD_LINES)[number]) => {
    const { "zh-CN": zh = "", en = "" } = lines[line] ?? {};
    return [zh, en].filter(Boolean).join(" / ");
  };
  const rows = [
    ...CARD_LINES.map((line) => ({
      key: words(`label.${line}`),
      was: said(before, line),
      is: said(after, line),
    })),
    { key: t("mailLabel"), was: before.mail, is: after.mail },
  ].filter(({ was, is }) => was !== is);
  if (rows.length === 0) return <p>{t("same")}</p>;
  return (
    <div lang={locale}>
      <Table
        caption={t("compare")}
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          { header: t("line"), rowHeader: true, cell: ({ key }) => key },
          { header: t("before"), cell: ({ was }) => was || t("blank") },
          { header: t("after"), cell: ({ is }) => is || t("blank") },
        ]}
      />
    </div>
  );
}

type ProposeProps = { current: CardContent; today: string };

/** All lines of the card, filled in as they are today. */
async function Propose({ current, today }: ProposeProps) {
  const [t, words] = await Promise.all([
    getTranslations("policies.ops.card"),
    getTranslations("policies.card.label"),
  ]);
  return (
    <Section title={t("propose")} note={t("proposeLead")}>
      <ActionForm action={proposeCardAction} label={t("propose")} guard className="max-w-pair">
        <TextField
          name="since"
          type="date"
          label={t("sinceLabel")}
          hint={t("sinceHint")}
          required
          min={today}
          defaultValue={today}
        />
        {CARD_LINES.map((line) => (
          <BilingualField
            key={line}
            name={`lines.${line}`}
            label={words(line)}
            hint={t(`hint.${line}`)}
            values={current.lines[line] ?? {}}
            required
            maxLength={200}
          />
        ))}
        <TextField
          name="mail"
          type="email"
          label={t("mailLabel")}
          hint={t("mailHint")}
          required
          maxLength={200}
          defaultValue={current.mail}
          autoComplete="off"
        />
        <div className="mt-6">
          <SubmitButton>{t("submit")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

/** What was decided of cards, the last first. */
async function CardHistory({ cards }: { cards: readonly DeskCard[] }) {
  const [t, locale] = await Promise.all([getTranslations("policies.ops.card"), getLocale()]);
  return (
    <ul className="grid gap-3">
      {cards.map(({ card, proposer, decider }) => {
        const names = { proposer, decider: decider ?? "" };
        const { name, person } = card.content.lines;
        return (
          <li key={card.id} className="wrap-anywhere">
            {t("since", { date: formatDate(shanghaiMidnight(card.since), locale) })}{" "}
            {[name, person].map((line) => localized(line ?? {}, locale).text).join(" · ")} ·{" "}
            {card.content.mail}
            <p className="text-small text-ink-muted">
              {card.decision === "approved"
                ? t("approvedBy", names)
                : t("refusedBy", { ...names, reason: card.reason ?? "" })}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
