import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";

import { AnswerStatus } from "@/components/policies/answer-status";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { CellNote, Table } from "@/components/ui/table";
import { listOwnAnswers } from "@/domain/policies/own-answers";
import { pendingAnswers } from "@/domain/policies/pending-answers";
import { at } from "@/lib/addresses";
import { formatTableDateTime } from "@/lib/format";
import { requireContext } from "@/server/session";

import { PendingList } from "../_components/pending-list";

export async function generateMetadata() {
  const t = await getTranslations("acknowledgements");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ page?: string; pending?: string }> };

export default async function AcknowledgementsPage({ searchParams }: Props) {
  const ctx = await requireContext("policy.readOwnAnswers");
  const pages = await searchParams;
  const [t, locale, pending, answers] = await Promise.all([
    getTranslations("acknowledgements"),
    getLocale(),
    pendingAnswers(ctx, { page: pages.pending }),
    listOwnAnswers(ctx, { page: pages.page }),
  ]);

  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      <Pending pending={pending} now={ctx.now} />
      <Section id="given" title={t("given.title")}>
        <Table
          caption={t("given.title")}
          rows={answers.rows}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t("given.empty")}>{t("given.emptyText")}</EmptyState>}
          columns={[
            {
              header: t("given.receipt"),
              rowHeader: true,
              nowrap: true,
              cell: ({ receiptNumber }) => (
                <Link href={at("/receipts/*", receiptNumber)} tone="main">
                  {receiptNumber}
                </Link>
              ),
            },
            {
              header: t("given.document"),
              cell: ({ titles, label, isWithdrawn }) => (
                <>
                  {titles[locale]}
                  <CellNote>
                    {t(isWithdrawn ? "given.withdrawn" : "given.version", { label })}
                  </CellNote>
                </>
              ),
            },
            {
              header: t("given.answer"),
              cell: (answer) => <GivenAnswer {...answer} />,
            },
            {
              header: t("given.by"),
              cell: ({ personName, accountName }) => (
                <>
                  {personName}
                  <CellNote>{accountName}</CellNote>
                </>
              ),
            },
            {
              header: t("given.at"),
              nowrap: true,
              cell: ({ answeredAt }) => formatTableDateTime(answeredAt),
            },
          ]}
        />
        <Pager
          href={at("/acknowledgements", { "#": "given" })}
          previous={answers.previous}
          next={answers.next}
        />
      </Section>
    </>
  );
}

type PendingProps = { pending: Awaited<ReturnType<typeof pendingAnswers>>; now: Date };

function Pending({ pending, now }: PendingProps) {
  const t = useTranslations("acknowledgements");
  return (
    <Section title={t("pending.title")}>
      {pending.rows.length === 0 ? (
        <EmptyState title={t("pending.empty")}>{t("pending.emptyText")}</EmptyState>
      ) : (
        <PendingList pending={pending.rows} now={now} />
      )}
      <Pager
        name="pending"
        href="/acknowledgements"
        previous={pending.previous}
        next={pending.next}
      />
    </Section>
  );
}

type GivenProps = Pick<
  Awaited<ReturnType<typeof listOwnAnswers>>["rows"][number],
  "answer" | "receiptNumber" | "isWithdrawn"
>;

/** A disagreement leads to what stopping takes, unless there is nothing left to stop for. */
function GivenAnswer({ answer, receiptNumber, isWithdrawn }: GivenProps) {
  const t = useTranslations("acknowledgements");
  return (
    <>
      <AnswerStatus answer={answer} />
      {answer === "disagreed" && !isWithdrawn && (
        <CellNote>
          <Link href={at("/receipts/*", receiptNumber, { "#": "stop" })}>{t("stop.open")}</Link>
        </CellNote>
      )}
    </>
  );
}
