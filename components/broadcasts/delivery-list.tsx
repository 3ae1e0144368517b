import { useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type BroadcastSummary } from "@/domain/broadcasts/list";
import { at } from "@/lib/addresses";

import { BroadcastStatus, MissedCount } from "./broadcast-status";
import { countOf, outcomesOf } from "./delivery-counts";
import { BroadcastTitle } from "./broadcast-title";

type Props = { caption: string; broadcasts: readonly BroadcastSummary[] };

/** Broadcasts with how their mails stand; each leads to its board. */
export function BroadcastTable({ caption, broadcasts }: Props) {
  const t = useTranslations("broadcasts.board");
  const readers = useTranslations("subscriptions.bulletin.board.readers");
  return (
    <Table
      caption={caption}
      rows={broadcasts}
      rowKey={({ id }) => id}
      columns={[
        {
          header: t("list.what"),
          rowHeader: true,
          cell: ({ id, told }) => (
            <>
              <Link href={at("/ops/broadcasts/*", id)} tone="main">
                <BroadcastTitle told={told} />
              </Link>
              {/* It bears the title of what it tells on: whom it tells is what tells it apart. */}
              {told.kind === "bulletin" && (
                <p className="text-small text-ink-muted font-normal">{readers(told.facts.to)}</p>
              )}
            </>
          ),
        },
        {
          header: t("list.state"),
          cell: (broadcast) => <BroadcastStatus broadcast={broadcast} />,
        },
        {
          header: t("list.started"),
          nowrap: true,
          cell: ({ startedAt }) => <Time at={startedAt} form="table" />,
        },
        {
          header: t("list.mails"),
          nowrap: true,
          align: "end",
          cell: ({ mails }) => {
            const { arrived, missed, unknown, cancelled } = outcomesOf(mails);
            const unreached = missed + unknown + cancelled;
            return (
              <>
                {t("list.delivered", { delivered: arrived, all: countOf(mails) })}
                {unreached > 0 && <MissedCount count={unreached} failed={missed} />}
              </>
            );
          },
        },
      ]}
    />
  );
}
