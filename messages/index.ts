import type { Locale } from "@/db/vocabulary/languages";

import enAccess from "./en/access.json";
import enAccounts from "./en/accounts.json";
import enAcknowledgements from "./en/acknowledgements.json";
import enAnnouncements from "./en/announcements.json";
import enApi from "./en/api.json";
import enAudit from "./en/audit.json";
import enBroadcasts from "./en/broadcasts.json";
import enCalendar from "./en/calendar.json";
import enCommon from "./en/common.json";
import enContacts from "./en/contacts.json";
import enDeregistrations from "./en/deregistrations.json";
import enDisposals from "./en/disposals.json";
import enEmails from "./en/emails.json";
import enEndpoints from "./en/endpoints.json";
import enErrors from "./en/errors.json";
import enHome from "./en/home.json";
import enIncidents from "./en/incidents.json";
import enInbox from "./en/inbox.json";
import enLayout from "./en/layout.json";
import enLists from "./en/lists.json";
import enMailbox from "./en/mailbox.json";
import enNotices from "./en/notices.json";
import enOps from "./en/ops.json";
import enPolicies from "./en/policies.json";
import enRequests from "./en/requests.json";
import enRetention from "./en/retention.json";
import enReviews from "./en/reviews.json";
import enSecurity from "./en/security.json";
import enStaff from "./en/staff.json";
import enSubscriptions from "./en/subscriptions.json";
import enSupport from "./en/support.json";
import enTickets from "./en/tickets.json";
import enUi from "./en/ui.json";
import enVerify from "./en/verify.json";
import enWithdrawals from "./en/withdrawals.json";
import zhAccess from "./zh-CN/access.json";
import zhAccounts from "./zh-CN/accounts.json";
import zhAcknowledgements from "./zh-CN/acknowledgements.json";
import zhAnnouncements from "./zh-CN/announcements.json";
import zhApi from "./zh-CN/api.json";
import zhAudit from "./zh-CN/audit.json";
import zhBroadcasts from "./zh-CN/broadcasts.json";
import zhCalendar from "./zh-CN/calendar.json";
import zhCommon from "./zh-CN/common.json";
import zhContacts from "./zh-CN/contacts.json";
import zhDeregistrations from "./zh-CN/deregistrations.json";
import zhDisposals from "./zh-CN/disposals.json";
import zhEmails from "./zh-CN/emails.json";
import zhEndpoints from "./zh-CN/endpoints.json";
import zhErrors from "./zh-CN/errors.json";
import zhHome from "./zh-CN/home.json";
import zhIncidents from "./zh-CN/incidents.json";
import zhInbox from "./zh-CN/inbox.json";
import zhLayout from "./zh-CN/layout.json";
import zhLists from "./zh-CN/lists.json";
import zhMailbox from "./zh-CN/mailbox.json";
import zhNotices from "./zh-CN/notices.json";
import zhOps from "./zh-CN/ops.json";
import zhPolicies from "./zh-CN/policies.json";
import zhRequests from "./zh-CN/requests.json";
import zhRetention from "./zh-CN/retention.json";
import zhReviews from "./zh-CN/reviews.json";
import zhSecurity from "./zh-CN/security.json";
import zhStaff from "./zh-CN/staff.json";
import zhSubscriptions from "./zh-CN/subscriptions.json";
import zhSupport from "./zh-CN/support.json";
import zhTickets from "./zh-CN/tickets.json";
import zhUi from "./zh-CN/ui.json";
import zhVerify from "./zh-CN/verify.json";
import zhWithdrawals from "./zh-CN/withdrawals.json";

const chinese = {
  access: zhAccess,
  accounts: zhAccounts,
  acknowledgements: zhAcknowledgements,
  announcements: zhAnnouncements,
  api: zhApi,
  audit: zhAudit,
  broadcasts: zhBroadcasts,
  calendar: zhCalendar,
  common: zhCommon,
  contacts: zhContacts,
  deregistrations: zhDeregistrations,
  disposals: zhDisposals,
  emails: zhEmails,
  endpoints: zhEndpoints,
  errors: zhErrors,
  home: zhHome,
  inbox: zhInbox,
  incidents: zhIncidents,
  layout: zhLayout,
  lists: zhLists,
  mailbox: zhMailbox,
  notices: zhNotices,
  ops: zhOps,
  policies: zhPolicies,
  requests: zhRequests,
  retention: zhRetention,
  reviews: zhReviews,
  security: zhSecurity,
  staff: zhStaff,
  subscriptions: zhSubscriptions,
  support: zhSupport,
  tickets: zhTickets,
  ui: zhUi,
  verify: zhVerify,
  withdrawals: zhWithdrawals,
};

const english: Messages = {
  access: enAccess,
  accounts: enAccounts,
  acknowledgements: enAcknowledgements,
  announcements: enAnnouncements,
  api: enApi,
  audit: enAudit,
  broadcasts: enBroadcasts,
  calendar: enCalendar,
  common: enCommon,
  contacts: enContacts,
  deregistrations: enDeregistrations,
  disposals: enDisposals,
  emails: enEmails,
  endpoints: enEndpoints,
  errors: enErrors,
  home: enHome,
  inbox: enInbox,
  incidents: enIncidents,
  layout: enLayout,
  lists: enLists,
  mailbox: enMailbox,
  notices: enNotices,
  ops: enOps,
  policies: enPolicies,
  requests: enRequests,
  retention: enRetention,
  reviews: enReviews,
  security: enSecurity,
  staff: enStaff,
  subscriptions: enSubscriptions,
  support: enSupport,
  tickets: enTickets,
  ui: enUi,
  verify: enVerify,
  withdrawals: enWithdrawals,
};

/** Chinese is the language the product is written in: its keys are the keys. */
export type Messages = typeof chinese;

/** Every word the product says, by locale, one namespace per file. */
export const MESSAGES: Record<Locale, Messages> = { "zh-CN": chinese, en: english };

/** The branches of a noun's file that client components may use: refusals, and their own words. */
const BRANCHES = ["errors", "browser"];

/** The words every page needs in the browser: those of the shared client components. */
export function messagesForReading(locale: Locale) {
  const { ui, errors } = MESSAGES[locale];
  return { ui, errors };
}

/**
 * In operations and at the door: also what a noun's file keeps in its `browser` branch for its own client
 * components, and its refusals, which lists of what is still missing say. All other words stay on the
 * server, arrive as props or come with the answer to a form (server/said.ts). One object a language: a
 * page that names it twice sends it once.
 */
export function messagesForWorking(locale: Locale) {
  return WORKING[locale];
}

const WORKING = { "zh-CN": workingWords(chinese), en: workingWords(english) };

function workingWords({ ui, errors, ...nouns }: Messages) {
  const needed = Object.entries(nouns).flatMap(([noun, words]) => {
    const branches = Object.entries(words).filter(([branch]) => BRANCHES.includes(branch));
    return branches.length > 0 ? [[noun, Object.fromEntries(branches)] as const] : [];
  });
  return { ui, errors, ...Object.fromEntries(needed) };
}
