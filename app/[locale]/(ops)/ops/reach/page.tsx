import { getLocale, getTranslations } from "next-intl/server";

import { AccountCell } from "@/components/accounts/account-cell";
import { ReachReasons, ReachScore } from "@/components/broadcasts/reach-status";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { linkClass } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { CellNote, Table } from "@/components/ui/table";
import { TabLinks } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import {
  countReach,
  listReach,
  REACH_SHELVES,
  type ReachLine,
  type ReachShelf,
} from "@/domain/broadcasts/list-reach";
import { at, withLanguage } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { RehearsalLine } from "../_components/rehearsal-clock";

type Props = { searchParams: Promise<{ shelf?: string; page?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("broadcasts.reach");
  return { title: t("title") };
}

/** Which accounts nobody could reach today, and which hang by a thread: before anything has happened. */
export default async function ReachPage({ searchParams }: Props) {
  const { shelf: asked, page } = await searchParams;
  const ctx = await requireContext("unreached.read");
  const shelf = REACH_SHELVES.find((one) => one === asked) ?? "unreachable";
  const [t, locale, totals, { rows, previous, next }] = await Promise.all([
    getTranslations("broadcasts.reach"),
    getLocale(),
    countReach(ctx, {}),
    listReach(ctx, { shelf, page }),
  ]);
  const { unreachable, apps, measuredAt } = totals;
  return (
    <>
      <PageHead
        title={t("title")}
        note={
          measuredAt
            ? t.rich("lead", { accounts: unreachable, apps, at: () => <Time at={measuredAt} /> })
            : t("notYet")
        }
        actions={<ButtonLink href="/ops/calls">{t("toCalls")}</ButtonLink>}
      />
      <RehearsalLine ctx={ctx} />
      <TabLinks
        label={t("shelves")}
        tabs={REACH_SHELVES.map((one) => ({
          href: one === "unreachable" ? "/ops/reach" : at("/ops/reach", { shelf: one }),
          label: t(`shelf.${one}`),
          current: one === shelf,
          count: totals[one],
        }))}
      />
      <ReachTable shelf={shelf} rows={rows} />
      <Pager href={at("/ops/reach", { shelf })} previous={previous} next={next} />
      <p className="mt-4 print:hidden">
        <a
          className={linkClass()}
          href={withLanguage(locale, at("/ops/reach/reach.csv", { shelf }))}
          download
        >
          {t("export")}
        </a>
      </p>
    </>
  );
}

async function ReachTable({ shelf, rows }: { shelf: ReachShelf; rows: readonly ReachLine[] }) {
  const t = await getTranslations("broadcasts.reach");
  return (
    <Table
      caption={t(`shelf.${shelf}`)}
      rows={rows}
      rowKey={({ accountId }) => accountId}
      empty={<EmptyState title={t(`empty.${shelf}`)}>{t("emptyText")}</EmptyState>}
      columns={[
        {
          header: t("account"),
          rowHeader: true,
          cell: (row) => <AccountCell {...row} />,
        },
        { header: t("apps"), align: "end", cell: ({ apps }) => apps },
        {
          header: t("score"),
          nowrap: true,
          cell: ({ score, people, reachable }) => (
            <>
              <ReachScore score={score} />
              <CellNote>{t("people", { people, reachable })}</CellNote>
            </>
          ),
        },
        { header: t("why"), cell: ({ reasons }) => <ReachReasons reasons={reasons} /> },
        {
          header: t("lastArrived"),
          nowrap: true,
          cell: ({ lastArrivedAt }) =>
            lastArrivedAt ? <Time at={lastArrivedAt} form="table" /> : t("none"),
        },
        {
          header: t("callDue"),
          nowrap: true,
          cell: ({ callDueAt }) => (callDueAt ? <Time at={callDueAt} form="table" /> : t("none")),
        },
      ]}
    />
  );
}
