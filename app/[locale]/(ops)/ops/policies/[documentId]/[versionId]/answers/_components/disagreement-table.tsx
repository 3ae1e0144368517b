import { getLocale, getTranslations } from "next-intl/server";

import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import type { ChangeItem } from "@/db/schema/policies";
import type { countDisagreements } from "@/domain/policies/disagreements";
import { formatNumber } from "@/lib/format";
import { localized } from "@/lib/localized";
import { changeText } from "@/text/change-words";

type Props = {
  figures: Awaited<ReturnType<typeof countDisagreements>>;
  changes: readonly ChangeItem[];
};

/** Who does not agree, by which change, and how many of them have stopped or gone (P04). */
export async function DisagreementTable({ figures: { byChange, all }, changes }: Props) {
  const [t, locale] = await Promise.all([
    getTranslations("policies.ops.disagreements"),
    getLocale(),
  ]);
  if (all.disagreed === 0) return null;
  const rows = [
    ...byChange.map((row) => {
      const change = row.changeNumber === null ? null : changes[row.changeNumber - 1];
      const name = change
        ? `${row.changeNumber}. ${changeText(localized(change.text, locale).text)}`
        : t("whole");
      return { ...row, name };
    }),
    { ...all, changeNumber: 0, name: t("all") },
  ];
  const count = (key: "disagreed" | "stopped" | "left") => ({
    header: t(key),
    align: "end" as const,
    cell: (row: (typeof rows)[number]) => formatNumber(row[key], locale),
  });
  return (
    <Section title={t("title")} note={t("lead")}>
      <Table
        caption={t("title")}
        rows={rows}
        rowKey={({ changeNumber }) => String(changeNumber)}
        empty={null}
        columns={[
          { header: t("change"), rowHeader: true, cell: ({ name }) => name },
          count("disagreed"),
          count("stopped"),
          count("left"),
        ]}
      />
    </Section>
  );
}
