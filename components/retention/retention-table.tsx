import { useTranslations } from "next-intl";

import { CellNote, Table } from "@/components/ui/table";
import { RETENTION_KINDS, type RetentionKind } from "@/db/vocabulary/retention";
import { basisOf, daysOf } from "@/domain/retention/rules";

type Props = {
  /** At operations: what the next run would erase, by kind. */
  due?: (kind: RetentionKind) => React.ReactNode;
};

/** Every kind of data the portal holds: purpose, ground, period (P57); the job goes by the same table. */
export function RetentionTable({ due }: Props) {
  const t = useTranslations("retention");
  return (
    <Table
      caption={t("title")}
      rows={RETENTION_KINDS}
      rowKey={(kind) => kind}
      columns={[
        { header: t("kind"), rowHeader: true, cell: (kind) => t(`kinds.${kind}.name`) },
        { header: t("purpose"), cell: (kind) => t(`kinds.${kind}.purpose`) },
        { header: t("basis"), cell: (kind) => t(`bases.${basisOf(kind)}`) },
        { header: t("period"), cell: (kind) => <Period kind={kind} /> },
        ...(due ? [{ header: t("ops.due"), cell: due }] : []),
      ]}
    />
  );
}

function Period({ kind }: { kind: RetentionKind }) {
  const t = useTranslations("retention");
  const days = daysOf(kind);
  if (days === null) return t(`kinds.${kind}.since`);
  return (
    <>
      {t("days", { days })}
      <CellNote>{t(`kinds.${kind}.since`)}</CellNote>
    </>
  );
}
