import { useTranslations } from "next-intl";

import { Section } from "@/components/ui/section";
import { type Column, Table } from "@/components/ui/table";
import type { Locale } from "@/db/vocabulary/languages";
import { cellOf, type ManifestRow, type ManifestRows } from "@/text/manifest";
import { MANIFEST_FIELDS, MANIFEST_PARTS, type ManifestPart } from "@/text/manifest-words";

import { SensitiveChip } from "./version-status";

type Props = {
  rows: ManifestRows;
  lang: Locale;
  /** Where each list is to be had as a file; without it there is none. */
  csv?: (part: ManifestPart) => string;
};

/** What a version lists, a table each (P08, P09, P51); a list without rows is not there. */
export function ManifestTables({ rows, lang, csv }: Props) {
  const t = useTranslations("policies.manifest");
  const parts = MANIFEST_PARTS.filter((part) => rows[part].length > 0);
  return parts.map((part) => (
    <Section
      key={part}
      id={part}
      title={t(`part.${part}`)}
      note={t("count", { count: rows[part].length })}
      more={
        csv && (
          <a href={csv(part)} download className="text-link underline">
            <span aria-hidden>{t("csv")}</span>
            <span className="sr-only">{t("csvOf", { part: t(`part.${part}`) })}</span>
          </a>
        )
      }
    >
      <div lang={lang}>
        <Table
          caption={t(`part.${part}`)}
          compact
          sticky
          columns={columnsOf(part, rows[part], t)}
          rows={rows[part].map((row, index) => ({ row, index }))}
          rowKey={({ index }) => String(index)}
        />
        {part === "permissions" && <p className="text-small text-ink-muted mt-2">{t("closed")}</p>}
      </div>
    </Section>
  ));
}

type Shown = { row: ManifestRow; index: number };
type Words = ReturnType<typeof useTranslations<"policies.manifest">>;

/** Columns of which some row says something; who a party is and what a row is about always. */
function columnsOf(part: ManifestPart, rows: readonly ManifestRow[], t: Words): Column<Shown>[] {
  const fields = MANIFEST_FIELDS[part].filter((field) =>
    rows.some((row) => cellOf(row, field) !== ""),
  );
  const label = (field: string) => t(`field.${part}.${field}` as Parameters<Words>[0]);
  return fields.map((field) => ({
    header: label(field),
    rowHeader: field === "name",
    nowrap: field === "role" || rows.every((row) => SHORT_WORD.test(cellOf(row, field))),
    cell: ({ row }) =>
      field === "name" ? (
        <>
          {row.sensitive ? <strong>{row.name}</strong> : row.name}
          {row.sensitive && <SensitiveChip />}
        </>
      ) : field === "role" ? (
        t(`role.${roleOf(cellOf(row, field))}`)
      ) : (
        cellOf(row, field)
      ),
  }));
}

/** One Latin word, or none: a narrow column would break it. */
const SHORT_WORD = /^[A-Za-z]{0,10}$/;

const roleOf = (role: string) =>
  role === "source" || role === "processor" || role === "disclosure" ? role : "recipient";
