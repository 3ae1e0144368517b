import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import { filingAccounts } from "@/domain/requests/capacity";
import { readTicketLink, type ShownLink } from "@/domain/tickets/read-link";
import { requireContext } from "@/server/session";

import { WhoFields } from "../_components/who-fields";
import { WizardPage } from "../_components/wizard-page";
import { startAction } from "./actions";

export async function generateMetadata() {
  const t = await getTranslations("requests.filing");
  return { title: t("titles.who") };
}

type Props = { searchParams: Promise<{ link?: string | string[] }> };

/** The first page; sending it begins a draft, with what a support ticket's link brings along. */
export default async function NewRequestPage({ searchParams }: Props) {
  const ctx = await requireContext("request.file");
  const given = (await searchParams).link;
  const ticket = typeof given === "string" ? await readTicketLink(ctx, { link: given }) : null;
  const isTheirs = ticket?.state === "open" && !ticket.isForOther;
  const link = isTheirs && ticket.purpose === "file_request" ? given : undefined;
  const t = await getTranslations("requests.filing");
  const lead = (
    <>
      {t("leads.who")} <Link href="/rights">{t("who.rights")}</Link>
    </>
  );
  return (
    <WizardPage title={t("titles.who")} lead={lead} at={{ step: 1 }}>
      {ticket && <TicketBanner ticket={ticket} isUsable={link !== undefined} />}
      <ActionForm action={startAction}>
        {link && <input type="hidden" name="link" value={link} />}
        <WhoFields isDeveloper={filingAccounts(ctx.actor).length > 0} />
        <div className="mt-6">
          <SubmitButton>{t("next")}</SubmitButton>
        </div>
      </ActionForm>
    </WizardPage>
  );
}

type BannerProps = { ticket: ShownLink; isUsable: boolean };

/** Which ticket the request will belong to; or that the link is over, and that it goes on without. */
async function TicketBanner({ ticket, isUsable }: BannerProps) {
  const t = await getTranslations("tickets.wizard");
  const number = ticket.state === "unknown" ? "" : ticket.ticketNumber;
  return (
    <div className="mb-6">
      {isUsable ? (
        <Banner tone="info">{t("ticket", { ticket: number })}</Banner>
      ) : (
        <Banner tone="warn">{t("ended")}</Banner>
      )}
    </div>
  );
}
