import { useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";
import { Pager } from "@/components/ui/pager";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Downstream } from "@/domain/incidents/downstream";
import { at } from "@/lib/addresses";

/** When each of the reader's accounts was told, and a sheet of it to hand on; no advice about the law. */
export function DownstreamTable({ number, told }: { number: string; told: Downstream }) {
  const t = useTranslations("incidents.downstream");
  const moment = (at: Date | null) =>
    at ? <Time at={at} form="table" /> : <span className="text-ink-muted">{t("none")}</span>;
  return (
    <>
      <p className="max-w-measure mb-3">{t("lead")}</p>
      <Table
        caption={t("title")}
        rows={told.rows}
        rowKey={({ uin }) => uin}
        columns={[
          {
            header: t("account"),
            rowHeader: true,
            cell: ({ name, uin }) => (
              <>
                {name}
                <CellNote>UIN {uin}</CellNote>
              </>
            ),
          },
          { header: t("sent"), cell: ({ sentAt }) => moment(sentAt) },
          { header: t("delivered"), cell: ({ deliveredAt }) => moment(deliveredAt) },
          { header: t("seen"), cell: ({ seenAt }) => moment(seenAt) },
          {
            header: t("sheetColumn"),
            cell: ({ uin, name }) => (
              <Link
                href={at("/incidents/*/sheet/*", number, uin)}
                aria-label={t("openOf", { account: name })}
              >
                {t("open")}
              </Link>
            ),
          },
        ]}
      />
      <Pager
        name="told"
        href={at("/incidents/*", number, { "#": "downstream" })}
        previous={told.previous}
        next={told.next}
      />
      <div className="text-small text-ink-muted max-w-measure mt-3 grid gap-1">
        <p>{t("note")}</p>
        <p>{t("disclaimer")}</p>
      </div>
    </>
  );
}
