"use server";

import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { CopyLine } from "@/components/ui/copy-button";
import { Time } from "@/components/ui/time";
import { type IssuedLink as Issued, issueTicketLink } from "@/domain/tickets/issue-link";
import { hashOf } from "@/lib/hash";
import { formAction } from "@/server/action";
import { readLinkWish } from "@/server/ticket-link";
import { readText } from "@/server/read-form";

/** The same form sent twice is the same link; changed in between it is another. */
export const issueLinkAction = formAction(async (ctx, form) => {
  const wish = readLinkWish(form);
  const sent = [...form]
    .filter(([name]) => !name.startsWith("$"))
    .map(([, value]) => String(value));
  const link = await issueTicketLink(ctx, {
    wish,
    idempotencyKey: hashOf([readText(form, "formId"), ...sent.map((text) => text.toWellFormed())]),
  });
  return { shown: <IssuedLink link={link} /> };
});

/** The link, ready to be pasted into the ticket. */
function IssuedLink({ link: { url, ticketNumber, expiresAt } }: { link: Issued }) {
  const t = useTranslations("tickets.new");
  return (
    <Banner tone="ok" title={t("made", { ticket: ticketNumber })}>
      <p>
        {t("paste")} <Time at={expiresAt} />
      </p>
      <CopyLine text={url} label={t("link")} />
    </Banner>
  );
}
