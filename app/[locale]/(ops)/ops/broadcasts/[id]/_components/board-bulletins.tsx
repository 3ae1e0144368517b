import { getTranslations } from "next-intl/server";

import { BroadcastStatus } from "@/components/broadcasts/broadcast-status";
import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import type { findBroadcast } from "@/domain/broadcasts/find";
import { listBulletins } from "@/domain/broadcasts/list";
import type { Context } from "@/domain/context";
import { at } from "@/lib/addresses";

type Props = { ctx: Context; broadcast: Awaited<ReturnType<typeof findBroadcast>> };

/** To whom else a broadcast was told, each counted by itself; on a bulletin's own board the way back. */
export async function BoardBulletins({ ctx, broadcast: { id, subjectId, told } }: Props) {
  const t = await getTranslations("subscriptions.bulletin.board");
  if (told.kind === "bulletin")
    return (
      <Section title={t(`readers.${told.facts.to}`)} note={t("note")}>
        <ButtonLink size="sm" href={at("/ops/broadcasts/*", subjectId)}>
          {t("source")}
        </ButtonLink>
      </Section>
    );
  const rows = await listBulletins(ctx, { broadcastId: id });
  if (rows.length === 0) return null;
  return (
    <Section id="bulletins" title={t("title")} note={t("note")}>
      <Table
        caption={t("title")}
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          {
            header: t("column.to"),
            rowHeader: true,
            cell: (row) => (
              <Link href={at("/ops/broadcasts/*", row.id)}>{t(`readers.${row.to}`)}</Link>
            ),
          },
          { header: t("column.people"), align: "end", cell: (row) => row.people },
          { header: t("column.status"), cell: (row) => <BroadcastStatus broadcast={row} /> },
        ]}
      />
    </Section>
  );
}
