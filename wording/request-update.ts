import type { Locale } from "@/db/vocabulary/languages";
import type { RequestUpdate } from "@/db/vocabulary/requests";
import type { RequestUpdateFacts } from "@/domain/broadcasts/facts";
import { type Address, at } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";
import { translator } from "@/messages/translator";

import { requestReader } from "./request-reader";

type Waiting = NonNullable<RequestUpdateFacts["waiting"]>;

export type RequestWords = {
  title: string;
  lead: string;
  facts: { term: string; value: string }[];
  /** Why the mail says no more. */
  isPrivate: string;
  action: { href: Address; label: string };
};

/** What an update of a request says: which request, what happened, by when it is answered (P26, P47). */
export function requestWords(facts: RequestUpdateFacts, locale: Locale): RequestWords {
  const t = translator(locale, "broadcasts");
  const type = translator(locale, "requests")(`type.${facts.type}`);
  const date = formatDate(shanghaiMidnight(facts.dueDate), locale);
  return {
    title: requestTitle(facts, locale),
    lead: t(`request.lead.${facts.event}`, {
      left: facts.workingDaysLeft ?? 0,
      urgent: facts.type === "child_data" ? "yes" : "no",
      count: facts.waiting?.count ?? 0,
    }),
    facts: facts.waiting
      ? waitingRows(facts.waiting, locale)
      : [
          { term: t("request.facts.number"), value: facts.number },
          { term: t("request.facts.type"), value: type },
          ...(hasDue(facts)
            ? [
                {
                  term: t("request.facts.due"),
                  value: t(facts.isDueProvisional ? "request.dueProvisional" : "request.due", {
                    date,
                  }),
                },
              ]
            : []),
        ],
    isPrivate: t("request.private"),
    action: {
      href: requestHref(facts),
      label: t("request.open", { count: facts.waiting?.count ?? 0 }),
    },
  };
}

/** The requests of a digest that are due first, each with its day. */
function waitingRows({ nearest }: Waiting, locale: Locale): RequestWords["facts"] {
  const t = translator(locale, "broadcasts");
  const types = translator(locale, "requests");
  return nearest.map(({ number, type, dueDate, isDueProvisional }) => ({
    term: number,
    value: t("request.waiting", {
      type: types(`type.${type}`),
      due: t(isDueProvisional ? "request.dueProvisional" : "request.due", {
        date: formatDate(shanghaiMidnight(dueDate), locale),
      }),
    }),
  }));
}

/** The one line of a list, a subject or a page title. It names a number and nobody. */
export function requestTitle(
  { event, number, type, waiting, workingDaysLeft: left = 0 }: RequestUpdateFacts,
  locale: Locale,
): string {
  const urgent = type === "child_data" ? "yes" : "no";
  return translator(locale, "broadcasts")(`request.title.${event}`, {
    ...{ number, left, urgent },
    count: waiting?.count ?? 0,
  });
}

/** The list that holds what several stand in; a day's digest holds what is anybody's. */
const VIEW_OF: Partial<Record<RequestUpdate, "mine" | "open">> = {
  ...{ handler_assigned: "mine", handler_daily: "open" },
};

/** The page of a request for whom the update concerns: their own, the account's task, or the case. */
export function requestHref(facts: RequestUpdateFacts): Address {
  const { number } = facts;
  if (facts.waiting) return at("/ops/requests", { view: VIEW_OF[facts.event] ?? "unassigned" });
  return {
    requester: at("/requests/*", number),
    developer: at("/requests/*/answer", number),
    handler: at("/ops/requests/*", number),
  }[requestReader(facts)];
}

/** What is answered, withdrawn or in other hands again is no longer due to who reads this. */
const hasDue = ({ event }: RequestUpdateFacts): boolean => !NOT_DUE.has(event);
const NOT_DUE: ReadonlySet<RequestUpdate> = new Set([
  ...(["decided", "receipt", "withdrawn"] as const),
  ...(["developer_taken_back", "developer_closed", "handler_withdrawn"] as const),
  ...(["handler_approved"] as const),
]);
