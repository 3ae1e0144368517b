import type { Locale } from "@/db/vocabulary";
import type { RequestUpdateFacts } from "@/domain/broadcasts/facts";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";

import { translator } from "./translator";

export type RequestNotice = {
  title: string;
  lead: string;
  facts: { term: string; value: string }[];
  /** Why the mail says no more. */
  isPrivate: string;
  action: { href: string; label: string };
};

/** What an update of a request says: which request, what happened, by when it is answered (P26, P47). */
export function requestNotice(facts: RequestUpdateFacts, locale: Locale): RequestNotice {
  const t = translator(locale, "broadcasts");
  const type = translator(locale, "requests")(`type.${facts.type}`);
  const date = formatDate(shanghaiMidnight(facts.dueDate), locale);
  return {
    title: requestTitle(facts, locale),
    lead: t(`request.lead.${facts.event}`, { left: facts.workingDaysLeft ?? 0 }),
    facts: [
      { term: t("request.facts.number"), value: facts.number },
      { term: t("request.facts.type"), value: type },
      ...(hasDue(facts)
        ? [
            {
              term: t("request.facts.due"),
              value: t(facts.isDueProvisional ? "request.dueProvisional" : "request.due", { date }),
            },
          ]
        : []),
    ],
    isPrivate: t("request.private"),
    action: { href: requestHref(facts), label: t("request.open") },
  };
}

/** The one line of a list, a subject or a page title. It names a number and nobody. */
export function requestTitle(
  { event, number, workingDaysLeft: left = 0 }: RequestUpdateFacts,
  locale: Locale,
): string {
  return translator(locale, "broadcasts")(`request.title.${event}`, { number, left });
}

/** Whom an update concerns: who asked, the developer it was sent on to, or who handles it. */
export function requestReader({
  event,
}: RequestUpdateFacts): "requester" | "developer" | "handler" {
  if (event === "handler_reminded") return "handler";
  return event === "developer_asked" || event === "developer_reminded" ? "developer" : "requester";
}

/** The page of a request for whom the update concerns: their own, the account's task, or the case. */
export function requestHref(facts: RequestUpdateFacts): string {
  const { number } = facts;
  return {
    requester: `/requests/${number}`,
    developer: `/requests/${number}/answer`,
    handler: `/ops/requests/${number}`,
  }[requestReader(facts)];
}

/** An answer that has been given is no longer due. */
const hasDue = ({ event }: RequestUpdateFacts): boolean =>
  event !== "decided" && event !== "receipt";
