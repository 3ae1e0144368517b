import { getTranslations } from "next-intl/server";

import { DispatchTable } from "@/components/endpoints/dispatch-table";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { listDispatches } from "@/domain/broadcasts/list-dispatches";
import type { Context } from "@/domain/context";
import { at } from "@/lib/addresses";

type Props = { ctx: Context; broadcastId: string; page: string | undefined };

/** To which endpoints of accounts a broadcast was posted; nothing where there is none. */
export async function BoardPosts({ ctx, broadcastId, page }: Props) {
  const { totals, rows, previous, next } = await listDispatches(ctx, { broadcastId, page });
  if (totals.length === 0) return null;
  const t = await getTranslations("endpoints");
  const fee = totals.reduce((sum, one) => sum + one.fee, 0);
  return (
    <Section id="posts" title={t("board.title")} note={t("board.note")}>
      <p className="text-small mb-2 flex flex-wrap gap-x-4">
        {totals.map(({ channel, status, count }) => (
          <span key={`${channel} ${status}`}>
            {t("board.counts", {
              channel: t(`channel.${channel}`),
              status: t(`status.${status}`),
              count,
            })}
          </span>
        ))}
        {fee > 0 && <span>{t("board.fee", { count: fee })}</span>}
      </p>
      <DispatchTable rows={rows} />
      <Pager
        name="posts"
        href={at("/ops/broadcasts/*", broadcastId, { "#": "posts" })}
        previous={previous}
        next={next}
      />
    </Section>
  );
}
