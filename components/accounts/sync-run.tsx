import { useLocale, useTranslations } from "next-intl";

import { useDuration } from "@/components/ui/duration";
import { Facts } from "@/components/ui/facts";
import { Meter } from "@/components/ui/meter";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { SyncRun } from "@/domain/accounts/find-sync-run";
import { at } from "@/lib/addresses";
import { formatNumber } from "@/lib/format";

import { useMessage } from "../form/use-message";
import { SyncOutcome } from "./sync-table";

export function SyncFacts({ sync }: { sync: SyncRun }) {
  const t = useTranslations("accounts.syncs.run");
  const list = useTranslations("accounts.syncs");
  const locale = useLocale();
  const duration = useDuration();
  const { id, token, hint, idempotencyKey, isDryRun, createdAt, finishedAt } = sync;
  return (
    <Section title={t("facts")}>
      {sync.state === "running" && <Progress sync={sync} />}
      <Facts
        facts={[
          { term: t("kind"), value: t(isDryRun ? "dry" : "real") },
          {
            term: t("token"),
            value: token ? t("hint", { name: token, hint: hint ?? "" }) : list("tokenGone"),
          },
          {
            term: t("key"),
            value: idempotencyKey ? <Code>{idempotencyKey}</Code> : t("noKey"),
          },
          { term: t("id"), value: <Code>{id}</Code> },
          { term: t("startedAt"), value: <Time at={createdAt} /> },
          ...(finishedAt
            ? [
                { term: t("finishedAt"), value: <Time at={finishedAt} /> },
                {
                  term: t("duration"),
                  value: duration(finishedAt.getTime() - createdAt.getTime()),
                },
              ]
            : []),
          { term: t("lines"), value: formatNumber(sync.lines, locale) },
          { term: t("accounts"), value: <SyncOutcome sync={sync} /> },
        ]}
      />
    </Section>
  );
}

const Code = ({ children }: { children: string }) => (
  <code className="text-small wrap-anywhere">{children}</code>
);

function Progress({ sync: { lines, linesDone } }: { sync: SyncRun }) {
  const t = useTranslations("accounts.syncs.run");
  return (
    <div className="max-w-form mb-4">
      <Meter
        label={t("progress")}
        parts={[
          { label: t("linesDone"), count: linesDone, tone: "ok" },
          { label: t("linesLeft"), count: lines - linesDone, tone: "waiting" },
        ]}
      />
    </div>
  );
}

type Problem = SyncRun["problems"]["rows"][number];

/** What is wrong in which line: all are counted, and of them the first `most` kept. */
export function SyncProblems({ sync, most }: { sync: SyncRun; most: number }) {
  const t = useTranslations("accounts.syncs.problems");
  const say = useMessage();
  const { rows, previous, next } = sync.problems;
  return (
    <Section title={t("title")} note={t("count", { count: sync.problemCount })}>
      {sync.problemCount > most && <p className="mb-2">{t("kept", { kept: most })}</p>}
      <Table<Problem>
        caption={t("title")}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          { header: t("line"), align: "end", cell: ({ line }) => line },
          {
            header: t("problem"),
            rowHeader: true,
            cell: ({ messageKey, values, uin }) => (
              <>
                {say(messageKey, values)}
                {uin && <CellNote>{t("uin", { uin })}</CellNote>}
              </>
            ),
          },
          {
            header: t("place"),
            cell: ({ pointer }) => (pointer ? <Code>{pointer}</Code> : t("whole")),
          },
        ]}
      />
      <Pager href={at("/ops/accounts/syncs/*", sync.id)} previous={previous} next={next} />
    </Section>
  );
}
