import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { CopyButton } from "@/components/ui/copy-button";
import { Time } from "@/components/ui/time";
import type { IssuedLink as Issued } from "@/domain/tickets/issue-link";

/** The link, ready to be pasted into the ticket. */
export function IssuedLink({ link: { url, ticketNumber, expiresAt } }: { link: Issued }) {
  const t = useTranslations("tickets.new");
  return (
    <Banner tone="ok" title={t("made", { ticket: ticketNumber })}>
      <p>
        {t("paste")} <Time at={expiresAt} />
      </p>
      <p className="bg-raised border-line mt-2 flex items-center gap-2 rounded-md border px-3 py-2">
        <code className="text-small min-w-0 flex-1 font-mono wrap-anywhere">{url}</code>
        <CopyButton text={url} label={t("link")} />
      </p>
    </Banner>
  );
}
