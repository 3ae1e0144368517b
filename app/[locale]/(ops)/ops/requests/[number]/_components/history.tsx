import { useTranslations } from "next-intl";

import { RequestStatus } from "@/components/requests/request-status";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";

import { type RequestParts } from "./request-parts";

/** Every move, the latest last. */
export function History({ found }: RequestParts) {
  const t = useTranslations("requests.desk.case");
  return (
    <Section title={t("history")}>
      <ol className="grid gap-2">
        {found.events.map(({ id, status, at, byName }) => (
          <li key={id}>
            <RequestStatus status={status} />
            <p className="text-small text-ink-muted pl-4.5">
              <Time at={at} form="table" /> {byName ?? t("job")}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
