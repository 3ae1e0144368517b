import { useTranslations } from "next-intl";

import { type Column, Table } from "@/components/ui/table";
import { MEMBER_ROLES } from "@/db/vocabulary/access";
import { REGIONS } from "@/db/vocabulary/accounts";
import { HOME_REGIONS } from "@/db/vocabulary/routes";
import { type ImportPreview, type PreviewRow } from "@/domain/accounts/import-preview";

import { ImportChip } from "./account-status";

type Change = PreviewRow["changes"][number];

/** Line by line, what is new and what changes from what to what. */
export function ImportChanges({ preview: { kind, rows } }: { preview: ImportPreview }) {
  const t = useTranslations("accounts.import");
  const columns: Column<PreviewRow>[] = [
    { header: t("line"), align: "end", cell: ({ line }) => line },
    {
      header: t("state"),
      cell: ({ state }) => <ImportChip state={state} />,
    },
    { header: t("account"), nowrap: true, cell: ({ uin }) => uin },
  ];
  if (kind !== "accounts")
    columns.push({
      header: t(`key.${kind}`),
      cell: ({ key }) => <span className="wrap-anywhere">{key}</span>,
    });
  columns.push({
    header: t("detail"),
    cell: ({ changes }) => (
      <ul>
        {changes.map((change) => (
          <li key={change.field}>
            <ChangeLine change={change} kind={kind} />
          </li>
        ))}
      </ul>
    ),
  });
  return (
    <Table
      caption={t("changes")}
      compact
      rows={rows}
      rowKey={({ line }) => String(line)}
      columns={columns}
    />
  );
}

type LineProps = { change: Change; kind: ImportPreview["kind"] };

/** "角色：成员 → 法务"; a value that is new stands alone. */
function ChangeLine({ change: { field, from, to }, kind }: LineProps) {
  const t = useTranslations("accounts");
  const say = useValue(field);
  return (
    <>
      <span className="text-ink-muted">
        {kind === "members" && field === "name" ? t("detail.name") : t(`import.field.${field}`)}
      </span>{" "}
      {from === null ? say(to) : t("change", { from: say(from), to: say(to) })}
    </>
  );
}

/** A value in the reader's words, where it is one of a closed list. */
function useValue(field: Change["field"]): (value: string) => string {
  const t = useTranslations("accounts");
  const role = useTranslations("access.memberRole");
  const one = <Code extends string>(
    codes: readonly Code[],
    value: string,
    say: (code: Code) => string,
  ) => {
    const code = codes.find((known) => known === value);
    return code && say(code);
  };
  const yesNo = (value: string) => t(`yesNo.${value === "yes" ? "yes" : "no"}`);
  const words: Partial<Record<Change["field"], (value: string) => string | undefined>> = {
    role: (value) => one(MEMBER_ROLES, value, role),
    region: (value) => one(REGIONS, value, (code) => t(`region.${code}`)),
    homeRegion: (value) => one(HOME_REGIONS, value, (code) => t(`accountForm.homes.${code}`)),
    ...{ apiOnly: yesNo, closed: yesNo },
  };
  return (value) => words[field]?.(value) ?? (value || "–");
}
