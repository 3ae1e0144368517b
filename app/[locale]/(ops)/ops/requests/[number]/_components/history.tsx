import { useTranslations } from "next-intl";

import { RequestStatus } from "@/components/requests/request-status";
import { Section } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";

import { type RequestParts } from "./request-parts";

/** Every move, the latest last. */
export function History({ found }: RequestParts) {
  const t = useTranslations("requests.desk.case");
  // What came by post or phone was received before somebody entered it.
  const isEntry = (status: string, at: Date) =>
    status === "received" && at.getTime() !== found.receivedAt.getTime();
  return (
    <Section title={t("history")}>
      <ol className="grid gap-2">
        {found.events.map(({ id, status, at, byName }) => (
          <li key={id}>
            {isEntry(status, at) ? (
              <Status tone="run">{t("logged")}</Status>
            ) : (
              <RequestStatus status={status} />
            )}
            <p className="text-small text-ink-muted pl-4.5">
              <Time at={at} form="table" /> {byName ?? t("job")}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
