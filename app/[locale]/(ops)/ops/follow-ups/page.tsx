import { getLocale, getTranslations } from "next-intl/server";

import { AccountCell } from "@/components/accounts/account-cell";
import { FoldedNoteForm } from "@/components/form/note-form";
import { AskStatus } from "@/components/policies/answer-status";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { TabLinks } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { may } from "@/domain/access/permissions";
import {
  ASK_TASK_SHELVES,
  type AskTaskRow,
  countAskTasks,
  listAskTasks,
} from "@/domain/policies/ask-tasks";
import { at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { settle } from "./actions";

type Props = { searchParams: Promise<{ shelf?: string; page?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("policies.ops.followUps");
  return { title: t("title") };
}

/** The accounts to speak to about an answer: those that stay silent, and those that disagreed. */
export default async function FollowUpsPage({ searchParams }: Props) {
  const { shelf: asked, page } = await searchParams;
  const ctx = await requireContext("policy.readCoverage");
  const shelf = ASK_TASK_SHELVES.find((one) => one === asked) ?? "open";
  const [t, locale, open, { rows, previous, next }] = await Promise.all([
    getTranslations("policies.ops.followUps"),
    getLocale(),
    countAskTasks(ctx, {}),
    listAskTasks(ctx, { shelf, page }),
  ]);
  const mayFollow = may(ctx.actor, "policy.settleAsk");
  const result: Column<AskTaskRow> = {
    header: t("result"),
    cell: (task) =>
      task.settledAt ? <Result task={task} /> : mayFollow && <SettleForm task={task} />,
  };

  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      <TabLinks
        label={t("shelves")}
        tabs={ASK_TASK_SHELVES.map((one) => ({
          href: one === "open" ? "/ops/follow-ups" : at("/ops/follow-ups", { shelf: one }),
          label: t(`shelf.${one}`),
          current: one === shelf,
          ...(one === "open" && { count: open }),
        }))}
      />
      <Table
        caption={t(`shelf.${shelf}`)}
        rows={rows}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t(`empty.${shelf}`)}>{t(`emptyText.${shelf}`)}</EmptyState>}
        columns={[
          {
            header: t("account"),
            rowHeader: true,
            cell: (row) => <AccountCell {...row} />,
          },
          {
            header: t("about"),
            cell: ({ documentId, versionId, accountId, titles, label }) => (
              <>
                <Link href={at("/ops/policies/*/*/answers", documentId, versionId)}>
                  {t("named", { title: titles[locale], label })}
                </Link>
                <CellNote>
                  <Link
                    href={at("/ops/policies/*/*/answers/*", documentId, versionId, accountId)}
                    className="inline-block py-[3px]"
                  >
                    {t("talk")}
                  </Link>
                </CellNote>
              </>
            ),
          },
          { header: t("why"), cell: (task) => <Why task={task} /> },
          {
            header: t(shelf === "open" ? "opened" : "settled"),
            nowrap: true,
            cell: ({ openedAt, settledAt }) => <Time at={settledAt ?? openedAt} form="table" />,
          },
          ...(shelf === "settled" || mayFollow ? [result] : []),
        ]}
      />
      <Pager href={at("/ops/follow-ups", { shelf })} previous={previous} next={next} />
    </>
  );
}

async function Why({ task: { kind, reason, changeNumbers } }: { task: AskTaskRow }) {
  const t = await getTranslations("policies.ops.followUps");
  return (
    <>
      <AskStatus state={kind} reader="coverage" />
      {changeNumbers.length > 0 && (
        <CellNote>
          {t("changes", { count: changeNumbers.length, numbers: changeNumbers.join(", ") })}
        </CellNote>
      )}
      {kind === "disagreed" && reason && <CellNote>{reason}</CellNote>}
    </>
  );
}

async function Result({ task: { note, settledBy } }: { task: AskTaskRow }) {
  const t = await getTranslations("policies.ops.followUps");
  return (
    <>
      <span className="wrap-anywhere whitespace-pre-line">{note ?? t("byAnswer")}</span>
      {settledBy && <CellNote>{settledBy}</CellNote>}
    </>
  );
}

async function SettleForm({ task: { id, accountName } }: { task: AskTaskRow }) {
  const t = await getTranslations("policies.ops.followUps");
  return (
    <FoldedNoteForm
      action={settle}
      open={t("settle")}
      label={`${t("settle")}: ${accountName}`}
      subject={{ taskId: id }}
      note={{ name: "note", label: t("note"), hint: t("noteHint"), maxLength: 2000 }}
      submit={t("submit")}
    />
  );
}
