import type { Locale } from "@/db/vocabulary/languages";
import type { SecurityAlarmFacts } from "@/domain/broadcasts/facts";
import { type Address, at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { translator } from "@/messages/translator";

export type SecurityAlarmWords = {
  title: string;
  lead: string;
  next: string;
  action: { href: Address; label: string };
};

/** What an alarm says: a pattern and a number. Whom it concerns stands in the security records alone. */
export function securityAlarmWords(facts: SecurityAlarmFacts, locale: Locale): SecurityAlarmWords {
  const t = translator(locale, "security");
  const { pattern, count, hours, raisedAt } = facts;
  const said = { count, hours, at: formatDateTime(raisedAt, locale) };
  return {
    title: securityAlarmTitle(facts, locale),
    lead: t(`alarm.lead.${pattern}`, said),
    next: t(`alarm.next.${pattern}`),
    action: {
      href: securityAlarmHref(facts),
      label: t(actionOf(facts)),
    },
  };
}

/** The one line of a list, a subject or a page title. */
export const securityAlarmTitle = ({ pattern }: SecurityAlarmFacts, locale: Locale): string =>
  translator(locale, "security")(`alarm.pattern.${pattern}`);

export function securityAlarmKind(facts: SecurityAlarmFacts, locale: Locale): string {
  const t = translator(locale, "security");
  if (isAboutRunning(facts)) return t("alarm.runningKind");
  return t(isOwn(facts) ? "alarm.ownKind" : "alarm.kind");
}

/** Whether it tells of how the portal runs, and of nobody who tried anything. */
export const isAboutRunning = ({ pattern }: Pick<SecurityAlarmFacts, "pattern">): boolean =>
  isOfCallback(pattern) || pattern === "rehearsal_overdue";

const isOfCallback = (pattern: SecurityAlarmFacts["pattern"]): boolean =>
  pattern === "callback_failing" || pattern === "callback_gone";

/** The security records; for the owner of an address, where they are signed in; the calls to the ticket system; the rehearsals. */
export function securityAlarmHref(facts: SecurityAlarmFacts): Address {
  if (facts.pattern === "rehearsal_overdue") return at("/ops/incidents", { status: "rehearsal" });
  if (isOfCallback(facts.pattern)) return "/ops/tickets/callback";
  if (facts.pattern === "record_broken") return "/ops/audit";
  if (!isOwn(facts)) return "/ops/security";
  return at(facts.isStaff ? "/ops/settings" : "/settings", { "#": "sessions" });
}

function actionOf(facts: SecurityAlarmFacts) {
  if (facts.pattern === "rehearsal_overdue") return "alarm.rehearsalAction";
  if (isOfCallback(facts.pattern)) return "alarm.callbackAction";
  if (facts.pattern === "record_broken") return "alarm.recordAction";
  return isOwn(facts) ? "alarm.ownAction" : "alarm.action";
}

const isOwn = ({ pattern }: SecurityAlarmFacts): boolean => pattern === "own_address_guessed";
