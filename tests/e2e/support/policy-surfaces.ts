import type { Records } from "./records";
import { MEMBERS, ONE_ACCOUNT, type Rule, ruled, TELLERS_VIEW, WRITERS_VIEW } from "./roles";
import type { Page } from "./surfaces";

const page = (rule: Rule, path?: (records: Records) => string): Page => ({
  rule,
  ...(path && { path: (records) => `/zh-CN${path(records)}` }),
});

/** What belongs to the policy library beside texts and answers: contact card, archive, duties of apps; and by which route mails leave. */
export const POLICY_PAGES: Record<string, Page> = {
  "/[locale]/account/apps/[appId]/duties": page(
    ONE_ACCOUNT,
    (r) => `/account/apps/${r.appId}/duties`,
  ),
  "/[locale]/ops/contact-card": page(WRITERS_VIEW),
  "/[locale]/ops/mail-routes": page(TELLERS_VIEW),
  // The test's version asks for no consent, so there is no such list of it.
  "/[locale]/ops/policies/[documentId]/[versionId]/answers/unconsented.csv": page(
    [],
    (r) => `/ops/policies/${r.documentId}/${r.versionId}/answers/unconsented.csv`,
  ),
  "/[locale]/ops/policies/[documentId]/archive": page(
    ["author"],
    (r) => `/ops/policies/${r.documentId}/archive`,
  ),
  "/[locale]/ops/policies/[documentId]/[versionId]/preview": page(
    WRITERS_VIEW,
    (r) => `/ops/policies/${r.documentId}/${r.versionId}/preview`,
  ),
  "/[locale]/ops/announcements/[noticeId]/preview": page(
    WRITERS_VIEW,
    (r) => `/ops/announcements/${r.announcementDraftId}/preview`,
  ),
  "/[locale]/ops/incidents/[number]/notices/[noticeId]/preview": page(
    WRITERS_VIEW,
    (r) => `/ops/incidents/${r.openIncidentNumber}/notices/${r.waitingNoticeId}/preview`,
  ),
  "/[locale]/ops/policies/[documentId]/[versionId]/correction": page(
    WRITERS_VIEW,
    (r) => `/ops/policies/${r.documentId}/${r.versionId}/correction`,
  ),
  "/[locale]/ops/policies/[documentId]/stop-guide": page(
    ["author"],
    (r) => `/ops/policies/${r.documentId}/stop-guide`,
  ),
  "/[locale]/ops/policies/[documentId]/[versionId]/answers/answers.csv": page(
    TELLERS_VIEW,
    (r) => `/ops/policies/${r.documentId}/${r.versionId}/answers/answers.csv`,
  ),
};

export const POLICY_ACTIONS: Record<string, Rule> = {
  ...ruled(
    "app/[locale]/(console)/account/apps/actions",
    "attestAction stateOwnPolicyAction takeKitAction",
    MEMBERS,
  ),
  "app/[locale]/(ops)/ops/contact-card/actions#decideCardAction": ["approver"],
  "app/[locale]/(ops)/ops/contact-card/actions#proposeCardAction": ["author"],
  "app/[locale]/(ops)/ops/mail-routes/actions#decideRouteAction": ["approver"],
  "app/[locale]/(ops)/ops/mail-routes/actions#proposeRouteAction": ["author", "admin"],
  "app/[locale]/(ops)/ops/policies/[documentId]/[versionId]/correction/actions#decideCorrectionAction":
    ["approver"],
  "app/[locale]/(ops)/ops/policies/[documentId]/[versionId]/correction/actions#proposeCorrectionAction":
    ["author"],
  "app/[locale]/(ops)/ops/policies/[documentId]/actions#bringIn": ["author"],
};
