import { getTranslations } from "next-intl/server";

import { DispatchLog } from "@/components/endpoints/dispatch-log";
import { Banner } from "@/components/ui/banner";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { findTicketSystem, type TicketSystem } from "@/domain/endpoints/find-ticket-system";
import { Drawn } from "@/server/drawn";
import { requireContext } from "@/server/session";
import { CallbackBanner } from "@/app/[locale]/(ops)/ops/_components/callback-banner";

import { CallbackFacts } from "./_components/callback-facts";
import { CallbackForms } from "./_components/callback-forms";
import { replayAction } from "./actions";

type Props = { searchParams: Promise<{ page?: string; saved?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("tickets.callback");
  return { title: t("title") };
}

/** Where the ticket system is called back as its tickets' requests move, and what became of each call. */
export default async function CallbackPage({ searchParams }: Props) {
  const ctx = await requireContext("ticket.readCallback");
  const { page, saved } = await searchParams;
  const found = await findTicketSystem(ctx, { page });
  const t = await getTranslations("tickets");
  const canManage = may(ctx.actor, "ticket.manageCallback");
  const isStanding = found !== null && found.endReason === null;
  const crumbs = [
    {
      label: t("links.title"),
      ...(may(ctx.actor, "ticket.view") && { href: "/ops/tickets" as const }),
    },
    { label: t("callback.title") },
  ];
  return (
    <>
      <PageHead title={t("callback.title")} note={t("callback.lead")} crumbs={crumbs} />
      <Drawn />
      <CallbackBanner ctx={ctx} isThere />
      {saved === "removed" && !isStanding && (
        <div className="mb-6">
          <Banner tone="ok" role="status">
            {t("callback.removed")}
          </Banner>
        </div>
      )}
      <Section title={t("callback.facts")}>
        {found ? (
          <CallbackFacts system={found} />
        ) : (
          <EmptyState title={t("callback.none")}>
            {t(canManage ? "callback.noneText" : "callback.noneReader")}
          </EmptyState>
        )}
        {canManage && <CallbackForms isStanding={isStanding} />}
      </Section>
      {found && <Log system={found} />}
    </>
  );
}

/** Every call, the latest first; an administrator calls once more while the address stands. */
async function Log({ system: { log, canManage, endReason } }: { system: TicketSystem }) {
  const t = await getTranslations("tickets.callback");
  const mayReplay = canManage && endReason === null;
  return (
    <Section id="log" title={t("log")}>
      {log.rows.length === 0 ? (
        <EmptyState title={t("logEmpty")}>{t("logEmptyText")}</EmptyState>
      ) : (
        <DispatchLog rows={log.rows} {...(mayReplay && { replay: { action: replayAction } })} />
      )}
      <Pager href="/ops/tickets/callback" previous={log.previous} next={log.next} />
    </Section>
  );
}
