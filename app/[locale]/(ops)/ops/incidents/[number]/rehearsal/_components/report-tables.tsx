import { useLocale, useTranslations } from "next-intl";

import { AccountCell } from "@/components/accounts/account-cell";
import { useDuration } from "@/components/ui/duration";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import type { RehearsalReport } from "@/db/schema/reach";
import { ACCOUNT_CHANNELS } from "@/db/vocabulary/endpoints";
import type { Rehearsal, RehearsedAccount } from "@/domain/incidents/rehearsal-report";
import { formatNumber, formatShare } from "@/lib/format";

/** Its figures, each beside that of the rehearsal before. */
export function Compared({ report, before }: Pick<Rehearsal, "report" | "before">) {
  const t = useTranslations("incidents.desk.rehearsal");
  const [ours, theirs] = [useFigures(report), useFigures(before?.report ?? report)];
  const note = before ? t("resultsNote", { number: before.number }) : t("resultsFirst");
  return (
    <Section title={t("results")} note={note}>
      <Table
        caption={t("results")}
        rows={ours.map((one, place) => ({ ...one, last: theirs[place]?.value ?? "" }))}
        rowKey={({ name }) => name}
        narrow
        columns={[
          { header: t("figure"), rowHeader: true, cell: ({ name }) => name },
          { header: t("this"), align: "end", cell: ({ value }) => value },
          ...(before
            ? [
                {
                  header: t("last"),
                  align: "end" as const,
                  cell: ({ last }: { last: string }) => last,
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function useFigures(report: RehearsalReport): { name: string; value: string }[] {
  const t = useTranslations("incidents.desk.rehearsal");
  const locale = useLocale();
  const wait = useWait();
  const { accounts, people, reached, opened, openedWithin, openedAfter, hours } = report;
  const share = (count: number) =>
    accounts === 0
      ? formatNumber(count, locale)
      : t("share", { count, share: formatShare(count / accounts, locale) });
  const once = (count: number | null) => (count === null ? t("notYet") : share(count));
  return [
    { name: t("accounts"), value: formatNumber(accounts, locale) },
    { name: t("people"), value: formatNumber(people, locale) },
    { name: t("reached"), value: share(reached) },
    { name: t("opened"), value: share(opened) },
    { name: t("openedWithin", { hours }), value: share(openedWithin) },
    { name: t("openedMedian"), value: wait(openedAfter.median) },
    { name: t("openedNinetieth"), value: wait(openedAfter.ninetieth) },
    { name: t("tellNext"), value: once(report.wouldTellNext) },
    { name: t("call"), value: once(report.wouldCall) },
    { name: t("task"), value: share(report.wouldTask) },
  ];
}

/** Seconds in words; none where nothing came. */
function useWait(): (seconds: number | null) => string {
  const t = useTranslations("incidents.desk.rehearsal");
  const duration = useDuration();
  return (seconds) => (seconds === null ? t("none") : duration(Math.max(seconds, 0) * 1000));
}

/** How each channel did. */
export function Channels({ report }: { report: RehearsalReport }) {
  const t = useTranslations("incidents.desk.rehearsal");
  const endpoints = useTranslations("endpoints.channel");
  const locale = useLocale();
  const wait = useWait();
  const nameOf = (channel: string) => {
    if (channel === "email" || channel === "inbox") return t(channel);
    const known = ACCOUNT_CHANNELS.find((one) => one === channel);
    return known ? endpoints(known) : channel.toUpperCase();
  };
  return (
    <Section title={t("channels")} note={t("channelsNote")}>
      <Table
        caption={t("channels")}
        rows={report.channels}
        rowKey={({ channel }) => channel}
        columns={[
          { header: t("channel"), rowHeader: true, cell: ({ channel }) => nameOf(channel) },
          { header: t("sent"), align: "end", cell: ({ all }) => formatNumber(all, locale) },
          {
            header: t("arrived"),
            align: "end",
            cell: ({ arrived }) => formatNumber(arrived, locale),
          },
          { header: t("failed"), align: "end", cell: ({ failed }) => formatNumber(failed, locale) },
          { header: t("median"), align: "end", cell: ({ median }) => wait(median) },
          { header: t("ninetieth"), align: "end", cell: ({ ninetieth }) => wait(ninetieth) },
        ]}
      />
    </Section>
  );
}

/** One account a line: what arrived after how long, and where nothing did, why and what to do. */
export function Lines({ rows }: { rows: readonly RehearsedAccount[] }) {
  const t = useTranslations("incidents.desk.rehearsal");
  const wait = useWait();
  return (
    <Table
      caption={t("lines")}
      rows={rows}
      rowKey={({ accountId }) => accountId}
      empty={<EmptyState title={t("noLines")} />}
      columns={[
        { header: t("account"), rowHeader: true, cell: (row) => <AccountCell {...row} /> },
        { header: t("mailed"), nowrap: true, cell: ({ mailed }) => wait(mailed) },
        { header: t("posted"), nowrap: true, cell: ({ posted }) => wait(posted) },
        { header: t("openedCell"), nowrap: true, cell: ({ opened }) => wait(opened) },
        {
          header: t("why"),
          cell: ({ causes }) =>
            causes.length > 0 && (
              <ul>
                {causes.map((cause) => (
                  <li key={cause}>{t(`cause.${cause}`)}</li>
                ))}
              </ul>
            ),
        },
      ]}
    />
  );
}
