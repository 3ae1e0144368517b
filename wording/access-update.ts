import type { Locale } from "@/db/vocabulary/languages";
import type { AccessUpdateFacts } from "@/domain/broadcasts/facts";
import type { Address } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { translator } from "@/messages/translator";

export type AccessUpdateWords = {
  title: string;
  lead: string;
  next: string;
  /** Nothing is left to open for whoever may do nothing here any more. */
  action: { href: Address; label: string } | null;
};

/** What somebody may do here from now on. Who decided it stands in the record. */
export function accessUpdateWords(facts: AccessUpdateFacts, locale: Locale): AccessUpdateWords {
  const t = translator(locale, "access");
  const { event, at } = facts;
  const said = { ...named(facts, locale), at: formatDateTime(at, locale) };
  const hasEnded = event === "staff_ended" || event === "member_removed";
  return {
    title: accessUpdateTitle(facts, locale),
    lead: t(`update.lead.${event}`, said),
    next: t(`update.next.${event}`),
    action: hasEnded ? null : { href: accessUpdateHref(facts), label: t(`update.action.${event}`) },
  };
}

/** The one line of a list, a subject or a page title. */
export const accessUpdateTitle = (facts: AccessUpdateFacts, locale: Locale): string =>
  translator(locale, "access")(`update.title.${facts.event}`, named(facts, locale));

export function accessUpdateHref({ event, staffRoles }: AccessUpdateFacts): Address {
  switch (event) {
    case "staff_invited":
    case "staff_changed":
      return "/ops";
    case "admin_proposed":
    case "colleague_changed":
    case "colleague_ended":
      return "/ops/staff";
    case "member_added":
    case "member_changed":
    case "invitation_accepted":
    case "invitation_declined":
    case "memberships_changed":
      return "/account";
    case "factor_added":
    case "factor_removed":
    case "passkey_added":
    case "passkey_removed":
    case "passkey_copied":
    case "recovery_codes_made":
    case "recovery_code_used":
    case "factors_reset":
    case "sessions_ended":
      return staffRoles.length > 0 ? "/ops/settings" : "/settings";
    case "staff_ended":
    case "member_removed":
      return "/";
  }
}

function named({ staffRoles, account, memberRole }: AccessUpdateFacts, locale: Locale) {
  const t = translator(locale, "access");
  return {
    roles: staffRoles.map((role) => t(`staffRole.${role}`)).join(t("demo.and")),
    account: account?.name ?? "",
    role: memberRole ? t(`memberRole.${memberRole}`) : "",
  };
}
