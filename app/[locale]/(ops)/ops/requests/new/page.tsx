import { getTranslations } from "next-intl/server";

import { PageHead } from "@/components/ui/page-head";
import { may } from "@/domain/access/permissions";
import { readRequestStatus } from "@/domain/requests/list-status";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { LogForm } from "./_components/log-form";
import { LogReceipt } from "./_components/log-receipt";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  const t = await getTranslations("support.log");
  return { title: t("title") };
}

/** Support or a handler enters what came by mail, post, phone or in a ticket, with its true day (P46). */
export default async function LogRequestPage({ searchParams }: Props) {
  const ctx = await requireContext("request.log");
  const search = await searchParams;
  const t = await getTranslations("support");
  const said = (name: string): string => (typeof search[name] === "string" ? search[name] : "");
  const number = said("logged");
  const logged = number ? await orNotFound(readRequestStatus(ctx, { number })) : null;
  const home = may(ctx.actor, "request.readAsStaff")
    ? { label: t("log.requests"), href: at("/ops/requests") }
    : { label: t("search.title"), href: at("/ops/support") };
  return (
    // What was logged last is not said above what the next entry still lacks.
    <div className="group/page">
      <PageHead
        title={t("log.title")}
        note={t("log.lead")}
        crumbs={[home, { label: t("log.title") }]}
      />
      {logged && (
        <LogReceipt
          request={logged}
          repeated={/^\d{1,6}$/.test(said("repeated")) ? Number(said("repeated")) : 0}
          canOpen={may(ctx.actor, "request.readAsStaff")}
        />
      )}
      <LogForm
        key={number}
        now={ctx.now}
        ticketNumber={said("ticket").slice(0, 64)}
        uin={said("uin").slice(0, 40)}
      />
    </div>
  );
}
