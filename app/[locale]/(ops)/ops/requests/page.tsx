import { getLocale, getTranslations } from "next-intl/server";

import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { may } from "@/domain/access/permissions";
import type { Context } from "@/domain/context";
import { listHandlers } from "@/domain/requests/assign";
import {
  listQueue,
  QUEUE_VIEWS,
  type QueueRow,
  type QueueView,
} from "@/domain/requests/list-queue";
import { at } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";
import { requireContext } from "@/server/session";

import { ActBanner } from "../_components/success-banner";
import { QueueFilter } from "./_components/queue-filter";
import { AssignForm, QueueTable } from "./_components/queue-table";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };
type Asked = Parameters<typeof listQueue>[1];

export async function generateMetadata() {
  const t = await getTranslations("requests.desk");
  return { title: t("title") };
}

/** The cases of everybody who handles, reviews or audits requests, the nearest breach first. */
export default async function QueuePage({ searchParams }: Props) {
  const ctx = await requireContext("request.readAsStaff");
  const search = await searchParams;
  // What an address says besides the known words is "open": the query's schema says so.
  const asked = search as Asked;
  const { rows, counts, nearest, previous, next } = await listQueue(ctx, asked);
  const [t, locale] = await Promise.all([getTranslations("requests.desk"), getLocale()]);
  const current = QUEUE_VIEWS.find((one) => one === search.view) ?? "open";
  const text = typeof search.text === "string" ? search.text : "";
  const type = typeof search.type === "string" ? search.type : "";
  const href = (view: QueueView) => at("/ops/requests", { view, text, type });

  return (
    <>
      <PageHead
        title={t("title")}
        actions={<Ways ctx={ctx} />}
        note={
          nearest
            ? t("nearest", {
                number: nearest.number,
                date: formatDate(shanghaiMidnight(nearest.dueDate), locale),
              })
            : t("lead")
        }
      />
      <ActBanner
        done={search.done}
        number={typeof search.of === "string" ? search.of.slice(0, 20) : ""}
      />
      <TabLinks
        label={t("view.label")}
        tabs={QUEUE_VIEWS.map((view) => ({
          href: href(view),
          label: t(`view.${view}`),
          count: counts[view],
          current: view === current,
        }))}
      />
      <QueueFilter view={current} text={text} type={type} />
      {rows.length === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>
      ) : (
        <Queue {...{ ctx, rows, isOpen: current !== "closed" }} />
      )}
      <Pager href={href(current)} previous={previous} next={next} />
    </>
  );
}

/** What else there is to do at the desk, for who may. */
async function Ways({ ctx }: { ctx: Context }) {
  const t = await getTranslations("requests.desk");
  return (
    <>
      {may(ctx.actor, "request.read") && (
        <ButtonLink href="/ops/requests/figures">{t("figures.title")}</ButtonLink>
      )}
      {may(ctx.actor, "request.readWays") && (
        <ButtonLink href="/ops/requests/ways">{t("ways.title")}</ButtonLink>
      )}
      {may(ctx.actor, "request.readMacros") && (
        <ButtonLink href="/ops/requests/macros">{t("macros.title")}</ButtonLink>
      )}
      {may(ctx.actor, "request.log") && (
        <ButtonLink href="/ops/requests/new">{t("log")}</ButtonLink>
      )}
    </>
  );
}

type QueueProps = { ctx: Context; rows: readonly QueueRow[]; isOpen: boolean };

/** Handlers tick open cases and give them to somebody together; everybody else reads the list. */
async function Queue({ ctx, rows, isOpen }: QueueProps) {
  if (!isOpen || !may(ctx.actor, "request.handle")) return <QueueTable rows={rows} />;
  return <AssignForm rows={rows} handlers={await listHandlers(ctx, {})} />;
}
