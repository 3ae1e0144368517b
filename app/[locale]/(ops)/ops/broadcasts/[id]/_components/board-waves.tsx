import { getLocale, getTranslations } from "next-intl/server";

import { Banner } from "@/components/ui/banner";
import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import { WAVE_LIMITS } from "@/db/vocabulary/waves";
import { type findBroadcast } from "@/domain/broadcasts/find";
import { followsAt, waveState } from "@/domain/broadcasts/wave-rules";
import { formatDateTime, formatNumber, formatShare } from "@/lib/format";

type Broadcast = Awaited<ReturnType<typeof findBroadcast>>;

/** How a broadcast in two waves stands, and what came of the mails of the first beside its limits. */
export async function BoardWaves({ broadcast }: { broadcast: Broadcast }) {
  const { waves } = broadcast;
  if (!waves) return null;
  const [t, locale] = await Promise.all([getTranslations("broadcasts.board.waves"), getLocale()]);
  const { plan, figures, first, rest, stoppedFor } = waves;
  const state = waveState(waves, broadcast);
  const follows = followsAt(waves);
  const moment = (at: Date | null) => (at ? formatDateTime(at, locale) : "");
  const number = (count: number) => formatNumber(count, locale);
  const said = t(`state.${state}`, {
    ...{ first, rest, minutes: plan.waitMinutes },
    at: moment(state === "followed" ? waves.releasedAt : follows),
  });
  return (
    <Section id="waves" title={t("title")}>
      {state === "stopped" && stoppedFor ? (
        <Banner tone="danger" title={t(`stopped.${stoppedFor}`)}>
          {said}
        </Banner>
      ) : (
        <p className="max-w-measure">{said}</p>
      )}
      {stoppedFor && waves.stoppedAt && state !== "stopped" && (
        <p className="text-ink-muted max-w-measure mt-1">
          {t("hadStopped", { at: moment(waves.stoppedAt) })} {t(`stopped.${stoppedFor}`)}
        </p>
      )}
      <Released waves={waves} />
      <p className="text-ink-muted max-w-measure mt-1">
        {figures.mails === 0
          ? t("nothingMailed")
          : t("heard", { heard: number(figures.heard), mails: number(figures.mails) })}
      </p>
      <div className="max-w-form mt-4">
        <Table
          caption={t("caption")}
          narrow
          rows={WAVE_LIMITS}
          rowKey={(limit) => limit}
          columns={[
            { header: t("what"), rowHeader: true, cell: (limit) => t(`limit.${limit}`) },
            { header: t("count"), align: "end", cell: (limit) => number(figures[limit]) },
            {
              header: t("share"),
              align: "end",
              cell: (limit) => formatShare(figures[limit] / Math.max(figures.mails, 1), locale),
            },
            {
              header: t("most"),
              align: "end",
              cell: (limit) => formatShare(plan[limit] / 100, locale),
            },
          ]}
        />
      </div>
    </Section>
  );
}

/** By whose word it went on though it had stopped, and why. */
async function Released({ waves }: { waves: NonNullable<Broadcast["waves"]> }) {
  const t = await getTranslations("broadcasts.board.waves");
  if (!waves.releaseReason) return null;
  return (
    <p className="max-w-measure mt-1 wrap-anywhere whitespace-pre-line">
      {t("released", { name: waves.releaserName ?? "", reason: waves.releaseReason })}
    </p>
  );
}
