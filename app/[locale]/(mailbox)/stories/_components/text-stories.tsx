import { getFormatter, getTranslations } from "next-intl/server";

import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FigureRow } from "@/components/ui/figure";
import { Hash } from "@/components/ui/hash";
import { Pager } from "@/components/ui/pager";
import { ProofSheet } from "@/components/ui/proof-sheet";
import { Section } from "@/components/ui/section";
import { Stepper } from "@/components/ui/stepper";
import { type Column, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";

type Row = { id: string; title: string; count: number };

const AT = new Date("2026-11-02T02:00:00Z");
const HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/** What a page says: banners, steps, tables empty, full and with long words, and a proof. */
export async function TextStories() {
  const [t, format] = await Promise.all([getTranslations("mailbox.stories"), getFormatter()]);
  const columns: Column<Row>[] = [
    {
      header: t("tables.name"),
      rowHeader: true,
      cell: ({ id, title }) =>
        id === "code" ? <code className="wrap-anywhere">{title}</code> : title,
    },
    { header: t("tables.day"), nowrap: true, cell: () => <Time at={AT} form="table" /> },
    { header: t("tables.count"), align: "end", cell: ({ count }) => format.number(count) },
  ];
  const rows: Row[] = [
    { id: "short", title: t("short"), count: 3 },
    { id: "long", title: t("long"), count: 1_284_000 },
    { id: "code", title: HASH, count: 0 },
  ];
  return (
    <>
      <Section title={t("banners")}>
        <div className="grid gap-3">
          {(["info", "ok", "warn", "danger", "plain"] as const).map((tone) => (
            <Banner
              key={tone}
              tone={tone}
              title={t("short")}
              actions={<Button size="sm">{t("act")}</Button>}
            >
              {t("long")}
            </Banner>
          ))}
        </div>
      </Section>
      <Section title={t("steps")}>
        <Stepper
          label={t("steps")}
          steps={(["done", "current", "todo"] as const).map((state) => ({
            key: state,
            state,
            label: t("short"),
            note: <Time at={AT} form="table-date" />,
          }))}
        />
        <FigureRow
          label={t("figures")}
          figures={rows.map(({ id, count }) => ({
            href: "/mailbox",
            label: t("short"),
            count,
            key: id,
          }))}
        />
      </Section>
      <Section title={t("tables.title")}>
        <Table caption={t("tables.title")} rows={rows} rowKey={({ id }) => id} columns={columns} />
        <Pager href="/mailbox" previous="a" next="b" />
        <EmptyState title={t("tables.empty")} actions={<Button>{t("act")}</Button>}>
          {t("long")}
        </EmptyState>
      </Section>
      <Section title={t("proofs")}>
        <ProofSheet
          head={t("short")}
          kind={t("proof")}
          number="A-2026-000001"
          sentence={t("long")}
          stamp={{ look: "seal", word: t("stamp"), at: AT }}
          check={<Hash value={HASH} full />}
        >
          <p>{t("short")}</p>
        </ProofSheet>
      </Section>
    </>
  );
}
