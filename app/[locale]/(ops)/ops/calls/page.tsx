import { getTranslations } from "next-intl/server";

import { AccountCell } from "@/components/accounts/account-cell";
import { AttemptList } from "@/components/broadcasts/attempt-list";
import { BroadcastTitle } from "@/components/broadcasts/broadcast-title";
import { CallOverdue } from "@/components/broadcasts/reach-status";
import { ActionForm } from "@/components/form/action-form";
import { RadiosField, SelectField, TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { CellNote, type Column, Table } from "@/components/ui/table";
import { TabLinks } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { CALL_RESULTS, CALL_WAYS } from "@/db/vocabulary/reach";
import { may } from "@/domain/access/permissions";
import { type Call, CALL_SHELVES, countCalls, listCalls } from "@/domain/broadcasts/calls";
import { at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { noteTryAction } from "./actions";

type Props = { searchParams: Promise<{ shelf?: string; page?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("broadcasts.calls");
  return { title: t("title") };
}

/** Whom operations are to call by when, what each try came to, and the form of the next one. */
export default async function CallsPage({ searchParams }: Props) {
  const { shelf: asked, page } = await searchParams;
  const ctx = await requireContext("unreached.read");
  const shelf = CALL_SHELVES.find((one) => one === asked) ?? "open";
  const [t, open, { rows, previous, next }] = await Promise.all([
    getTranslations("broadcasts.calls"),
    countCalls(ctx, {}),
    listCalls(ctx, { shelf, page }),
  ]);
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("lead")}
        actions={<ButtonLink href="/ops/reach">{t("toReach")}</ButtonLink>}
      />
      <TabLinks
        label={t("shelves")}
        tabs={CALL_SHELVES.map((one) => ({
          href: one === "open" ? "/ops/calls" : at("/ops/calls", { shelf: one }),
          label: t(`shelf.${one}`),
          current: one === shelf,
          ...(one === "open" && { count: open }),
        }))}
      />
      <CallTable shelf={shelf} rows={rows} mayTry={may(ctx.actor, "unreached.settle")} />
      <Pager href={at("/ops/calls", { shelf })} previous={previous} next={next} />
    </>
  );
}

type TableProps = {
  shelf: (typeof CALL_SHELVES)[number];
  rows: readonly Call[];
  mayTry: boolean;
};

async function CallTable({ shelf, rows, mayTry }: TableProps) {
  const t = await getTranslations("broadcasts.calls");
  const isOpen = shelf === "open";
  const next: Column<Call> = {
    header: t("next"),
    cell: (call) => <TryForm call={call} />,
  };
  return (
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
        { header: t("why"), cell: (call) => <Why call={call} /> },
        {
          header: t(isOpen ? "due" : "settled"),
          nowrap: true,
          cell: ({ dueAt, isOverdue, settledAt, settledBy }) =>
            settledAt ? (
              <>
                <Time at={settledAt} form="table" />
                <CellNote>{settledBy ?? t("byItself")}</CellNote>
              </>
            ) : (
              <>
                <Time at={dueAt} form="table" />
                {isOverdue && (
                  <CellNote>
                    <CallOverdue />
                  </CellNote>
                )}
              </>
            ),
        },
        {
          header: t("tries"),
          cell: (call) => (
            <>
              <Tries tries={call.tries} />
              <Sent call={call} />
            </>
          ),
        },
        ...(isOpen && mayTry ? [next] : []),
      ]}
    />
  );
}

async function Why({ call: { cause, broadcastId, told } }: { call: Call }) {
  const t = await getTranslations("broadcasts.calls");
  return (
    <>
      {t(`cause.${cause}`)}
      {broadcastId && told && (
        <CellNote>
          <Link href={at("/ops/broadcasts/*", broadcastId)}>
            <BroadcastTitle told={told} />
          </Link>
        </CellNote>
      )}
    </>
  );
}

async function Tries({ tries }: Pick<Call, "tries">) {
  const t = await getTranslations("broadcasts.calls");
  if (tries.length === 0) return t("none");
  return (
    <ol>
      {tries.map(({ triedAt, triedBy, way, result, note }) => (
        <li key={`${triedAt.toISOString()} ${note}`} className="py-0.5">
          {t(`way.${way}`)} · {t(`result.${result}`)}
          <CellNote>
            <span className="wrap-anywhere">{note}</span> · {triedBy} ·{" "}
            <Time at={triedAt} form="table" />
          </CellNote>
        </li>
      ))}
    </ol>
  );
}

/** What went out by itself before: whoever calls knows what was tried. */
async function Sent({ call: { broadcastId, sent } }: { call: Call }) {
  const t = await getTranslations("broadcasts.calls");
  if (!broadcastId || sent.length === 0) return null;
  return (
    <details>
      <summary className="text-link text-small cursor-pointer py-1">
        {t("sent", { count: sent.length })}
      </summary>
      <div className="mt-1">
        <AttemptList broadcastId={broadcastId} tried={sent} />
      </div>
    </details>
  );
}

/** What came of the next try; opened by its line, so that a long list stays one. */
async function TryForm({ call: { id, accountName } }: { call: Call }) {
  const t = await getTranslations("broadcasts.calls");
  return (
    <details>
      <summary className="text-link cursor-pointer py-1">
        {t("note", { account: accountName })}
      </summary>
      <ActionForm
        action={noteTryAction}
        label={t("note", { account: accountName })}
        scope={id}
        className="mt-3 min-w-64"
      >
        <input type="hidden" name="callId" value={id} />
        <SelectField
          name="way"
          label={t("wayLabel")}
          required
          defaultValue="phone"
          options={CALL_WAYS.map((value) => ({ value, label: t(`way.${value}`) }))}
        />
        <RadiosField
          name="result"
          label={t("resultLabel")}
          required
          options={CALL_RESULTS.map((value) => ({ value, label: t(`result.${value}`) }))}
        />
        <TextareaField
          name="note"
          label={t("words")}
          hint={t("wordsHint")}
          required
          rows={3}
          maxLength={2000}
        />
        <div className="mt-3">
          <SubmitButton variant="outline" size="sm">
            {t("submit")}
          </SubmitButton>
        </div>
      </ActionForm>
    </details>
  );
}
