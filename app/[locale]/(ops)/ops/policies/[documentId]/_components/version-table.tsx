import { getTranslations } from "next-intl/server";

import { VersionPeriod } from "@/components/policies/version-period";
import { MajorChip, VersionStatus } from "@/components/policies/version-status";
import { Link } from "@/components/ui/link";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type OpsDocument, type OpsVersion } from "@/domain/policies/list-documents";
import { at } from "@/lib/addresses";

type Props = { document: OpsDocument; versions: readonly OpsVersion[]; caption: string };

/** Versions of a document, drafts included, newest first. */
export async function VersionTable({ document, versions, caption }: Props) {
  const t = await getTranslations("policies.ops.document");
  const broughtIn = await getTranslations("policies.ops.archive");
  return (
    <Table
      caption={caption}
      rows={versions}
      rowKey={({ id }) => id}
      columns={[
        {
          header: t("version"),
          rowHeader: true,
          cell: ({ id, label, isMajor, provenance }) => (
            <>
              <Link href={at("/ops/policies/*/*", document.id, id)} tone="main">
                {t("labelled", { label })}
              </Link>{" "}
              {isMajor && <MajorChip after />}
              {provenance && <CellNote>{broughtIn("chip")}</CellNote>}
            </>
          ),
        },
        { header: t("status"), cell: ({ status }) => <VersionStatus status={status} /> },
        {
          header: t("period"),
          cell: (version) =>
            version.effectiveAt || !version.effectiveDate ? (
              <VersionPeriod {...version} inTable />
            ) : (
              t("planned", { day: version.effectiveDate })
            ),
        },
        {
          header: t("updated"),
          nowrap: true,
          cell: ({ updatedAt }) => <Time at={updatedAt} form="table" />,
        },
        {
          header: t("links"),
          headerHidden: true,
          align: "end",
          cell: ({ id, label, status }) =>
            ["draft", "in_review", "discarded"].includes(status) ? null : (
              <span className="flex flex-wrap justify-end gap-x-4 max-md:justify-start">
                <Link href={at("/ops/policies/*/*/answers", document.id, id)}>{t("answers")}</Link>
                <Link href={at("/policies/*/*", document.slug, label)}>{t("public")}</Link>
              </span>
            ),
        },
      ]}
    />
  );
}
