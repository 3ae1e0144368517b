import { useTranslations } from "next-intl";

import { EndpointStatus } from "@/components/endpoints/endpoint-status";
import { Facts } from "@/components/ui/facts";
import { linkClass } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { TicketSystem } from "@/domain/endpoints/find-ticket-system";

/** Where it is, since when, and how its receiver knows that a call is ours. */
export function CallbackFacts({ system }: { system: TicketSystem }) {
  const t = useTranslations("tickets.callback");
  const { host, address, addedAt, endReason, bothSecretsUntil } = system;
  return (
    <>
      <Facts
        facts={[
          { term: t("state"), value: <EndpointStatus endReason={endReason} /> },
          {
            term: t("address"),
            value: <span className="wrap-anywhere">{address ?? host}</span>,
          },
          { term: t("since"), value: <Time at={addedAt} /> },
          ...(bothSecretsUntil
            ? [{ term: t("bothUntil"), value: <Time at={bothSecretsUntil} /> }]
            : []),
        ]}
      />
      <details className="max-w-measure mt-3">
        <summary className={`${linkClass()} text-small inline-block max-md:py-2`}>
          {t("what")}
        </summary>
        <p className="text-small text-ink-muted mt-2">{t("whatText")}</p>
        <p className="text-small text-ink-muted mt-2">{t("verifyText")}</p>
      </details>
    </>
  );
}
