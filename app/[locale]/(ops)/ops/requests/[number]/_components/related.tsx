import { getTranslations } from "next-intl/server";

import { RequestStatus } from "@/components/requests/request-status";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { listRelated } from "@/domain/requests/list-related";
import { at } from "@/lib/addresses";

import { type RequestParts } from "./request-parts";

/** Other requests of the same person or ticket; nothing where there are none. */
export async function Related({ ctx, found }: RequestParts) {
  const related = await listRelated(ctx, { number: found.number });
  if (related.length === 0) return null;
  const [t, types] = await Promise.all([
    getTranslations("requests.desk.case"),
    getTranslations("requests.type"),
  ]);
  return (
    <Section title={t("related")}>
      <ul className="border-line border-t">
        {related.map(({ number, type, status, receivedAt }) => (
          <li key={number} className="border-line border-b py-2">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <Link href={at("/ops/requests/*", number)}>{number}</Link>
              <span>{types(type)}</span>
            </p>
            <p className="text-small text-ink-muted flex flex-wrap items-baseline gap-x-3">
              <Time at={receivedAt} form="table" />
              <RequestStatus status={status} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
