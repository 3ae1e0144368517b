import { useLocale, useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";

import { ButtonLink } from "@/components/ui/button";
import { ColumnStrip } from "@/components/ui/column-strip";
import { EmptyState } from "@/components/ui/empty-state";
import { Meter } from "@/components/ui/meter";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { type Column, Table } from "@/components/ui/table";
import { type Figures, readFigures } from "@/domain/requests/read-figures";
import { formatMonth, formatShare } from "@/lib/format";
import { requireContext } from "@/server/session";

export async function generateMetadata() {
  const t = await getTranslations("requests.desk.figures");
  return { title: t("title") };
}

/** How the promise of an answer by its day was kept: by month, by type, and why it was not wholly granted. */
export default async function FiguresPage() {
  const ctx = await requireContext("request.read");
  const { since, months, types, codes } = await readFigures(ctx, {});
  const [t, desk, type, locale] = await Promise.all([
    getTranslations("requests.desk.figures"),
    getTranslations("requests.desk"),
    getTranslations("requests.type"),
    getLocale(),
  ]);
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("lead")}
        crumbs={[{ label: desk("title"), href: "/ops/requests" }, { label: t("title") }]}
        actions={<ButtonLink href="/ops/requests/figures/figures.csv">{t("csv")}</ButtonLink>}
      />
      {months.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>
      ) : (
        <>
          <Section title={t("byMonth")}>
            <Charts months={months} since={since} />
            <Kept
              caption={t("byMonth")}
              header={t("month")}
              rows={months.map((row) => ({ ...row, name: formatMonth(row.month, locale) }))}
            />
          </Section>
          <Section title={t("byType")}>
            <Kept
              caption={t("byType")}
              header={desk("col.type")}
              rows={types.map((row) => ({ ...row, name: type(row.type) }))}
            />
          </Section>
          <Section title={t("byCode")}>
            <Codes codes={codes} />
          </Section>
        </>
      )}
    </>
  );
}

/** How many answers were by their day in all, and how many there were in each month. */
function Charts({ months, since }: Pick<Figures, "months" | "since">) {
  const t = useTranslations("requests.desk.figures");
  const locale = useLocale();
  const [answered, onTime] = [
    months.reduce((sum, row) => sum + row.answered, 0),
    months.reduce((sum, row) => sum + row.onTime, 0),
  ];
  const counts = new Map(months.map((row) => [row.month, row.answered]));
  const columns = monthsFrom(since, months[0]?.month ?? since).map((month) => ({
    ...{ key: month, count: counts.get(month) ?? 0 },
    text: formatMonth(month, locale),
  }));
  const said = (column: (typeof columns)[number] | undefined) => column?.text ?? "";
  const list = columns.map(({ text, count }) => t("monthOf", { month: text, count }));
  return (
    <div className="mb-6 grid gap-6 md:grid-cols-2">
      <div>
        <p className="text-caption text-ink-muted mb-1">{t("kept")}</p>
        <Meter
          label={t("kept")}
          parts={[
            { label: t("onTime"), count: onTime, tone: "ok" },
            { label: t("late"), count: answered - onTime, tone: "danger" },
          ]}
        />
      </div>
      <div>
        <p className="text-caption text-ink-muted mb-1">{t("perMonth")}</p>
        <ColumnStrip
          label={list.join(t("separator"))}
          columns={columns}
          least={5}
          words={{ from: said(columns[0]), to: said(columns.at(-1)) }}
        />
      </div>
    </div>
  );
}

/** Every month from one to another, as "2026-03". */
function monthsFrom(first: string, last: string): string[] {
  const months = [first.slice(0, 7)];
  for (let month = months[0] ?? ""; month < last.slice(0, 7); months.push(month)) {
    const [year = 0, number = 0] = month.split("-").map(Number);
    month = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
  }
  return months;
}

type KeptRow = { name: string; answered: number; onTime: number; medianDays: number };

function Kept({ caption, header, rows }: { caption: string; header: string; rows: KeptRow[] }) {
  const t = useTranslations("requests.desk.figures");
  const locale = useLocale();
  const columns: Column<KeptRow>[] = [
    { header, rowHeader: true, cell: ({ name }) => name },
    { header: t("answered"), align: "end", cell: ({ answered }) => answered },
    {
      header: t("onTime"),
      cell: ({ answered, onTime }) =>
        t("share", { onTime, share: formatShare(onTime / answered, locale) }),
    },
    {
      header: t("median"),
      align: "end",
      cell: ({ medianDays }) => t("days", { days: Math.round(medianDays * 10) / 10 }),
    },
  ];
  return <Table caption={caption} columns={columns} rows={rows} rowKey={({ name }) => name} />;
}

function Codes({ codes }: Pick<Figures, "codes">) {
  const t = useTranslations("requests.desk.figures");
  const code = useTranslations("requests.code");
  return (
    <Table
      caption={t("byCode")}
      rows={codes}
      rowKey={(row) => row.code}
      empty={<p className="text-ink-muted">{t("noCodes")}</p>}
      columns={[
        { header: t("code"), rowHeader: true, cell: (row) => `${row.code} ${code(row.code)}` },
        { header: t("count"), align: "end", cell: ({ count }) => count },
      ]}
    />
  );
}
