import type { StaffRole } from "@/db/vocabulary/access";

import type { Records } from "./records";

/**
 * Every page, route and server action of the build, and who may use it. The authorization test
 * fails when a surface has no rule here, when a rule has no surface, and when the built server
 * answers any role otherwise than its rule says.
 */
export const ROLES = [
  "anonymous",
  "owner",
  "viewer",
  "stranger",
  "author",
  "approver",
  "handler",
  "support",
  "auditor",
  "admin",
] as const satisfies readonly (StaffRole | "anonymous" | "owner" | "viewer" | "stranger")[];
/** owner and viewer are members of one account; the stranger is the owner of another. */
export type Role = (typeof ROLES)[number];

export type Rule =
  /** Anybody, signed in or not. */
  | "anyone"
  /** Those who may; everybody else who is signed in finds nothing, and who is not is sent to sign in. */
  | readonly Role[];

const MEMBERS: readonly Role[] = ["owner", "viewer", "stranger"];
/** The owners of the two accounts. */
const BINDING: readonly Role[] = ["owner", "stranger"];
const ONE_ACCOUNT: readonly Role[] = ["owner", "viewer"];
const STAFF: readonly Role[] = ["author", "approver", "handler", "support", "auditor", "admin"];
const HANDLERS: readonly Role[] = ["handler"];
const ADMINS: readonly Role[] = ["admin"];
const WRITERS_VIEW: readonly Role[] = ["author", "approver", "auditor", "admin"];
const TELLERS_VIEW: readonly Role[] = ["author", "approver", "support", "auditor", "admin"];

type Page = { rule: Rule; path?: (records: Records) => string };

const page = (rule: Rule, path?: (records: Records) => string): Page => ({
  rule,
  ...(path && { path: (records) => `/zh-CN${path(records)}` }),
});

/** By the route as Next names it; `path` fills its parameters with the test's own records. */
export const PAGES: Record<string, Page> = {
  "/[locale]": page("anyone"),
  "/[locale]/[...rest]": page([], () => "/nothing-here"),
  "/[locale]/account": page(MEMBERS),
  "/[locale]/account/contacts": page(MEMBERS),
  "/[locale]/account/contacts/new": page(BINDING),
  "/[locale]/account/deregistration": page(MEMBERS, () => "/account/deregistration"),
  "/[locale]/acknowledgements": page(MEMBERS),
  "/[locale]/acknowledgements/[versionId]": page(
    MEMBERS,
    (r) => `/acknowledgements/${r.versionId}`,
  ),
  "/[locale]/announcements": page("anyone"),
  "/[locale]/announcements/[id]": page("anyone", (r) => `/announcements/${r.broadcastId}`),
  "/[locale]/api-reference": page("anyone"),
  "/[locale]/contacts/confirm": page("anyone", (r) => `/contacts/confirm?${r.contactLink}`),
  // The key opens it; without one it is the staff's (deregistration.spec.ts).
  "/[locale]/deregistration/certificate/[number]": page(
    "anyone",
    (r) => `/deregistration/certificate/${r.certificateNumber}?key=${r.certificateKey}`,
  ),
  "/[locale]/home": page(MEMBERS),
  "/[locale]/inbox": page(MEMBERS),
  "/[locale]/inbox/[id]": page(["owner"], ({ messageId }) => `/inbox/${messageId}`),
  "/[locale]/incidents": page("anyone"),
  "/[locale]/incidents/[number]": page("anyone", (r) => `/incidents/${r.incidentNumber}`),
  "/[locale]/stories": page("anyone"),
  "/[locale]/mailbox": page("anyone"),
  "/[locale]/mailbox/[id]": page("anyone", ({ mailId }) => `/mailbox/${mailId}`),
  "/[locale]/mailbox/kinds": page("anyone"),
  "/[locale]/mailbox/kinds/[name]": page("anyone", () => "/mailbox/kinds/policy-change"),
  "/[locale]/ops": page(STAFF),
  "/[locale]/ops/accounts": page(STAFF),
  "/[locale]/ops/accounts/[accountId]": page(STAFF, (r) => `/ops/accounts/${r.accountId}`),
  "/[locale]/ops/accounts/[accountId]/apps/[appId]": page(
    ADMINS,
    (r) => `/ops/accounts/${r.accountId}/apps/${r.appId}`,
  ),
  "/[locale]/ops/accounts/[accountId]/apps/new": page(
    ADMINS,
    (r) => `/ops/accounts/${r.accountId}/apps/new`,
  ),
  "/[locale]/ops/accounts/[accountId]/edit": page(
    ADMINS,
    (r) => `/ops/accounts/${r.accountId}/edit`,
  ),
  "/[locale]/ops/accounts/[accountId]/members/[memberId]": page(
    ADMINS,
    (r) => `/ops/accounts/${r.accountId}/members/${r.memberId}`,
  ),
  "/[locale]/ops/accounts/[accountId]/members/new": page(
    ADMINS,
    (r) => `/ops/accounts/${r.accountId}/members/new`,
  ),
  "/[locale]/ops/accounts/import": page(ADMINS),
  "/[locale]/ops/accounts/new": page(ADMINS),
  "/[locale]/ops/announcements": page(WRITERS_VIEW),
  "/[locale]/ops/announcements/[noticeId]": page(
    WRITERS_VIEW,
    (r) => `/ops/announcements/${r.announcementId}`,
  ),
  "/[locale]/ops/announcements/[noticeId]/audience": page(
    WRITERS_VIEW,
    (r) => `/ops/announcements/${r.announcementId}/audience`,
  ),
  "/[locale]/ops/announcements/[noticeId]/review": page(
    WRITERS_VIEW,
    (r) => `/ops/announcements/${r.announcementDraftId}/review`,
  ),
  "/[locale]/ops/audit": page(["auditor", "admin"]),
  "/[locale]/ops/deregistrations": page(["handler", "auditor", "admin"]),
  "/[locale]/ops/deregistrations/[number]": page(
    ["handler", "auditor", "admin"],
    (r) => `/ops/deregistrations/${r.certificateNumber}`,
  ),
  "/[locale]/ops/calendar": page(["handler", "support", "auditor", "admin"]),
  "/[locale]/ops/broadcasts": page(TELLERS_VIEW),
  "/[locale]/ops/broadcasts/[id]": page(TELLERS_VIEW, (r) => `/ops/broadcasts/${r.broadcastId}`),
  "/[locale]/ops/broadcasts/[id]/recipients/[userId]": page(
    TELLERS_VIEW,
    (r) => `/ops/broadcasts/${r.broadcastId}/recipients/${r.recipientId}`,
  ),
  "/[locale]/ops/incidents": page(WRITERS_VIEW),
  "/[locale]/ops/incidents/[number]": page(
    WRITERS_VIEW,
    (r) => `/ops/incidents/${r.openIncidentNumber}`,
  ),
  "/[locale]/ops/incidents/[number]/edit": page(
    ["author"],
    (r) => `/ops/incidents/${r.openIncidentNumber}/edit`,
  ),
  "/[locale]/ops/incidents/[number]/notices/[noticeId]": page(
    WRITERS_VIEW,
    (r) => `/ops/incidents/${r.openIncidentNumber}/notices/${r.publishedNoticeId}`,
  ),
  "/[locale]/ops/incidents/[number]/notices/[noticeId]/audience": page(
    WRITERS_VIEW,
    (r) => `/ops/incidents/${r.openIncidentNumber}/notices/${r.waitingNoticeId}/audience`,
  ),
  "/[locale]/ops/incidents/[number]/notices/[noticeId]/review": page(
    WRITERS_VIEW,
    (r) => `/ops/incidents/${r.openIncidentNumber}/notices/${r.waitingNoticeId}/review`,
  ),
  "/[locale]/ops/incidents/new": page(["author"]),
  "/[locale]/ops/policies": page(WRITERS_VIEW),
  "/[locale]/ops/policies/[documentId]": page(WRITERS_VIEW, (r) => `/ops/policies/${r.documentId}`),
  "/[locale]/ops/policies/[documentId]/[versionId]": page(
    WRITERS_VIEW,
    (r) => `/ops/policies/${r.documentId}/${r.versionId}`,
  ),
  "/[locale]/ops/policies/[documentId]/[versionId]/answers": page(
    TELLERS_VIEW,
    (r) => `/ops/policies/${r.documentId}/${r.versionId}/answers`,
  ),
  "/[locale]/ops/policies/[documentId]/[versionId]/answers/answers.csv": page(
    TELLERS_VIEW,
    (r) => `/ops/policies/${r.documentId}/${r.versionId}/answers/answers.csv`,
  ),
  "/[locale]/ops/policies/[documentId]/[versionId]/review": page(
    WRITERS_VIEW,
    (r) => `/ops/policies/${r.waitingDocumentId}/${r.waitingId}/review`,
  ),
  "/[locale]/ops/policies/[documentId]/stop-guide": page(
    ["author"],
    (r) => `/ops/policies/${r.documentId}/stop-guide`,
  ),
  "/[locale]/ops/policies/new": page(["author"]),
  "/[locale]/ops/requests": page(["handler", "approver", "auditor"]),
  "/[locale]/ops/requests/new": page(["support", "handler"]),
  "/[locale]/ops/requests/[number]": page(
    ["handler", "approver", "auditor"],
    (r) => `/ops/requests/${r.staffRequestNumber}`,
  ),
  "/[locale]/ops/requests/[number]/files/[fileId]": page(
    ["handler", "approver", "auditor"],
    (r) => `/ops/requests/${r.staffRequestNumber}/files/${r.staffRequestFileId}`,
  ),
  "/[locale]/ops/inbox": page(STAFF),
  "/[locale]/ops/inbox/[id]": page(["handler"], (r) => `/ops/inbox/${r.staffMessageId}`),
  "/[locale]/ops/reviews": page(WRITERS_VIEW),
  "/[locale]/ops/security": page(["auditor", "admin"]),
  "/[locale]/ops/settings": page(STAFF),
  "/[locale]/ops/support": page(["support", "auditor"]),
  "/[locale]/ops/support/accounts/[accountId]": page(
    ["support", "auditor"],
    (r) => `/ops/support/accounts/${r.accountId}`,
  ),
  "/[locale]/ops/support/people/[userId]": page(
    ["support", "auditor"],
    (r) => `/ops/support/people/${r.ownerId}`,
  ),
  "/[locale]/ops/suppressions": page(TELLERS_VIEW),
  "/[locale]/ops/suppressions/[id]": page(
    TELLERS_VIEW,
    (r) => `/ops/suppressions/${r.suppressionId}`,
  ),
  "/[locale]/ops/tickets": page(["support", "auditor"]),
  "/[locale]/ops/tickets/new": page(["support"]),
  "/[locale]/ops/tokens": page(ADMINS),
  "/[locale]/ops/unreached": page(TELLERS_VIEW),
  "/[locale]/ops/unreached/[broadcastId]/[accountId]": page(
    TELLERS_VIEW,
    (r) => `/ops/unreached/${r.broadcastId}/${r.unreachedAccountId}`,
  ),
  "/[locale]/policies": page("anyone"),
  "/[locale]/policies/[slug]": page("anyone", ({ slug }) => `/policies/${slug}`),
  "/[locale]/policies/[slug]/[version]": page("anyone", (r) => `/policies/${r.slug}/${r.label}`),
  "/[locale]/policies/[slug]/[version]/changes": page(
    "anyone",
    (r) => `/policies/${r.slug}/${r.label}/changes`,
  ),
  "/[locale]/receipts/[number]": page(ONE_ACCOUNT, (r) => `/receipts/${r.receiptNumber}`),
  "/[locale]/receipts/[number]/receipt.txt": page(
    ONE_ACCOUNT,
    (r) => `/receipts/${r.receiptNumber}/receipt.txt`,
  ),
  "/[locale]/requests": page(MEMBERS),
  "/[locale]/requests/[number]": page(["owner"], (r) => `/requests/${r.requestNumber}`),
  "/[locale]/requests/[number]/answer": page(["owner"], (r) => `/requests/${r.taskNumber}/answer`),
  "/[locale]/requests/[number]/files/[fileId]": page(
    ["owner"],
    (r) => `/requests/${r.requestNumber}/files/${r.fileId}`,
  ),
  "/[locale]/requests/[number]/receipt": page(
    ["owner"],
    (r) => `/requests/${r.deletedNumber}/receipt`,
  ),
  "/[locale]/requests/[number]/receipt/receipt.txt": page(
    ["owner", "handler", "auditor"],
    (r) => `/requests/${r.deletedNumber}/receipt/receipt.txt`,
  ),
  "/[locale]/requests/[number]/submitted/confirmation.txt": page(
    ["owner"],
    (r) => `/requests/${r.requestNumber}/submitted/confirmation.txt`,
  ),
  "/[locale]/requests/[number]/submitted": page(
    ["owner"],
    (r) => `/requests/${r.requestNumber}/submitted`,
  ),
  "/[locale]/requests/drafts/[draftId]/files": page(
    [],
    (r) => `/requests/drafts/${r.draftId}/files`,
  ),
  "/[locale]/requests/drafts/[draftId]/[step]": page(
    ["owner"],
    (r) => `/requests/drafts/${r.draftId}/type`,
  ),
  "/[locale]/requests/new": page(MEMBERS),
  "/[locale]/rights": page("anyone"),
  "/[locale]/settings": page(MEMBERS),
  "/[locale]/sign-in": page("anyone"),
  "/[locale]/sign-in/code": page("anyone", (r) => `/sign-in/code?request=${r.requestId}`),
  "/[locale]/sign-in/confirm": page("anyone", (r) => `/sign-in/confirm?request=${r.requestId}`),
  /** It sends everybody on: the signed-in to where they wanted, others to sign in. */
  "/[locale]/sign-in/done": page([]),
  "/[locale]/sign-in/prove": page("anyone"),
  /** A form is posted to it, by which everybody ends their own session (domain/access/own-sessions.test.ts). */
  "/[locale]/sign-out": page([]),
  "/[locale]/t/[link]": page("anyone", (r) => `/t/${r.ticketLink}`),
  "/policy-copies/[locale]/[slug]/[format]/[[...version]]": page(
    "anyone",
    ({ slug, label }) => `/policies/${slug}/${label}.md`,
  ),
  /** These answer machines and say nothing of anybody; each has a test of its own. */
  "/_global-error": { rule: [], path: () => "/_global-error" },
  "/_not-found": { rule: [], path: () => "/api/nothing-here" },
  "/api/auth/[...nextauth]": { rule: "anyone", path: () => "/api/auth/csrf" },
  /** These open by a token and by no role: see tickets.spec.ts and server/account-api.test.ts. */
  "/api/v1/openapi.json": { rule: "anyone", path: () => "/api/v1/openapi.json" },
  "/api/v1/account-syncs": { rule: [], path: () => "/api/v1/account-syncs" },
  "/api/v1/account-syncs/[id]": { rule: [], path: () => "/api/v1/account-syncs/none" },
  "/api/v1/accounts/[uin]": { rule: [], path: () => "/api/v1/accounts/100000000001" },
  "/api/v1/ticket-links": { rule: [], path: () => "/api/v1/ticket-links" },
  "/api/webhooks/resend": { rule: [], path: () => "/api/webhooks/resend" },
  "/feeds/[locale]/atom.xml": { rule: "anyone", path: () => "/feeds/zh-CN/atom.xml" },
  "/feeds/[locale]/feed.json": { rule: "anyone", path: () => "/feeds/en/feed.json" },
  "/healthz": { rule: "anyone", path: () => "/healthz" },
  "/icon.svg": { rule: "anyone", path: () => "/icon.svg" },
  "/readyz": { rule: "anyone", path: () => "/readyz" },
};

/** By file and export. "own" actions touch nothing but the caller's own rows, whoever calls. */
export const ACTIONS: Record<string, Rule | "own"> = {
  "app/[locale]/(console)/account/deregistration/actions#askAction": MEMBERS,
  "app/[locale]/(console)/account/deregistration/actions#cancelAction": MEMBERS,
  "app/[locale]/(console)/account/deregistration/actions#confirmAction": MEMBERS,
  "app/[locale]/(console)/account/contacts/actions#addContactAction": MEMBERS,
  "app/[locale]/(console)/account/contacts/actions#removeContactAction": MEMBERS,
  "app/[locale]/(console)/account/contacts/actions#resendContactAction": MEMBERS,
  "app/[locale]/(console)/acknowledgements/[versionId]/actions#acknowledge": MEMBERS,
  "app/[locale]/(console)/acknowledgements/[versionId]/actions#disagree": MEMBERS,
  "app/[locale]/_inbox/actions#archiveAction": "own",
  "app/[locale]/_inbox/actions#closePopupAction": "own",
  "app/[locale]/_inbox/actions#markAllReadAction": "own",
  "app/[locale]/_inbox/actions#markReadAction": "own",
  "app/[locale]/_inbox/actions#markUnreadAction": "own",
  "app/[locale]/_inbox/actions#unarchiveAction": "own",
  "app/[locale]/(console)/requests/[number]/actions#answerAsDeveloperAction": "own",
  "app/[locale]/(console)/requests/[number]/actions#appealAction": "own",
  "app/[locale]/(console)/requests/[number]/actions#withdrawAction": "own",
  "app/[locale]/(console)/requests/[number]/actions#writeAction": "own",
  "app/[locale]/(console)/requests/new/actions#proofAction": "own",
  "app/[locale]/(console)/requests/new/actions#deleteDraftAction": "own",
  "app/[locale]/(console)/requests/new/actions#removeFileAction": "own",
  "app/[locale]/(console)/requests/new/actions#saveStepAction": "own",
  "app/[locale]/(console)/requests/new/actions#startAction": "own",
  "app/[locale]/(console)/requests/new/actions#submitAction": "own",
  "app/[locale]/(console)/settings/actions#changeSettingsAction": "own",
  "app/[locale]/(console)/settings/actions#endOtherSessionsAction": "own",
  "app/[locale]/(console)/settings/actions#endSessionAction": "own",
  "app/[locale]/(entry)/contacts/confirm/actions#confirmContactAction": "anyone",
  "app/[locale]/(entry)/contacts/confirm/actions#renewConfirmationAction": "anyone",
  "app/[locale]/(entry)/sign-in/actions#requestProofMail": "anyone",
  "app/[locale]/(entry)/sign-in/actions#requestSignInMail": "anyone",
  "app/[locale]/(entry)/sign-in/actions#resendSignInMail": "anyone",
  "app/[locale]/(entry)/sign-in/actions#signInAsDemo": "anyone",
  "app/[locale]/(entry)/sign-in/actions#signInWithCode": "anyone",
  "app/[locale]/(entry)/sign-in/actions#signInWithLink": "anyone",
  "app/[locale]/(entry)/t/[link]/actions#openLinkAction": "anyone",
  "app/[locale]/(incidents)/incidents/[number]/actions#tickAdvice": MEMBERS,
  "app/[locale]/(ops)/ops/_notices/actions#approveAction": ["approver"],
  "app/[locale]/(ops)/ops/_notices/actions#audienceAction": ["author"],
  "app/[locale]/(ops)/ops/_notices/actions#composeAction": ["author"],
  "app/[locale]/(ops)/ops/_notices/actions#discardAction": ["author"],
  "app/[locale]/(ops)/ops/_notices/actions#rejectAction": ["approver"],
  "app/[locale]/(ops)/ops/_notices/actions#resubmitAction": ["author"],
  "app/[locale]/(ops)/ops/_withdrawals/actions#approveAnnouncement": ["approver"],
  "app/[locale]/(ops)/ops/_withdrawals/actions#approveVersion": ["approver"],
  "app/[locale]/(ops)/ops/_withdrawals/actions#proposeAnnouncement": ["author", "approver"],
  "app/[locale]/(ops)/ops/_withdrawals/actions#proposeVersion": ["author", "approver"],
  "app/[locale]/(ops)/ops/_withdrawals/actions#refuse": ["author", "approver"],
  "app/[locale]/(ops)/ops/accounts/[accountId]/apps/actions#closeAppAction": ADMINS,
  "app/[locale]/(ops)/ops/accounts/[accountId]/apps/actions#saveAppAction": ADMINS,
  "app/[locale]/(ops)/ops/accounts/[accountId]/edit/actions#editAccountAction": ADMINS,
  "app/[locale]/(ops)/ops/accounts/[accountId]/members/actions#changeAddressAction": ADMINS,
  "app/[locale]/(ops)/ops/accounts/[accountId]/members/actions#removeMemberAction": ADMINS,
  "app/[locale]/(ops)/ops/accounts/[accountId]/members/actions#saveMemberAction": ADMINS,
  "app/[locale]/(ops)/ops/accounts/import/actions#importAction": ADMINS,
  "app/[locale]/(ops)/ops/accounts/import/actions#previewImportAction": ADMINS,
  "app/[locale]/(ops)/ops/accounts/new/actions#createAccountAction": ADMINS,
  "app/[locale]/(ops)/ops/broadcasts/[id]/actions#cancel": ["author", "approver"],
  "app/[locale]/(ops)/ops/broadcasts/[id]/actions#pause": ["author", "approver"],
  "app/[locale]/(ops)/ops/broadcasts/[id]/actions#resume": ["author", "approver"],
  "app/[locale]/(ops)/ops/broadcasts/[id]/actions#retry": ["author", "approver"],
  "app/[locale]/(ops)/ops/announcements/actions#startAnnouncementAction": ["author"],
  "app/[locale]/(ops)/ops/incidents/[number]/actions#decideGradeAction": ["approver"],
  "app/[locale]/(ops)/ops/incidents/[number]/actions#draftAction": ["author"],
  "app/[locale]/(ops)/ops/incidents/[number]/actions#moveAction": ["author"],
  "app/[locale]/(ops)/ops/incidents/actions#editIncidentAction": ["author"],
  "app/[locale]/(ops)/ops/incidents/actions#openIncidentAction": ["author"],
  "app/[locale]/(ops)/ops/policies/[documentId]/[versionId]/actions#compose": ["author"],
  "app/[locale]/(ops)/ops/policies/[documentId]/[versionId]/actions#discard": ["author"],
  "app/[locale]/(ops)/ops/policies/[documentId]/[versionId]/actions#importFile": ["author"],
  "app/[locale]/(ops)/ops/policies/[documentId]/[versionId]/answers/actions#remind": ["author"],
  "app/[locale]/(ops)/ops/policies/[documentId]/[versionId]/review/actions#approve": ["approver"],
  "app/[locale]/(ops)/ops/policies/[documentId]/[versionId]/review/actions#reject": ["approver"],
  "app/[locale]/(ops)/ops/policies/[documentId]/actions#discard": ["author"],
  "app/[locale]/(ops)/ops/policies/[documentId]/actions#draft": ["author"],
  "app/[locale]/(ops)/ops/policies/[documentId]/actions#rename": ["author"],
  "app/[locale]/(ops)/ops/policies/[documentId]/actions#saveStopGuideAction": ["author"],
  "app/[locale]/(ops)/ops/policies/new/actions#create": ["author"],
  "app/[locale]/(ops)/ops/calendar/actions#enterYear": ADMINS,
  "app/[locale]/(ops)/ops/requests/[number]/actions#ask": HANDLERS,
  "app/[locale]/(ops)/ops/requests/[number]/actions#assign": HANDLERS,
  "app/[locale]/(ops)/ops/requests/[number]/actions#complete": HANDLERS,
  "app/[locale]/(ops)/ops/requests/[number]/actions#decide": HANDLERS,
  "app/[locale]/(ops)/ops/requests/[number]/actions#drop": HANDLERS,
  "app/[locale]/(ops)/ops/requests/[number]/actions#fetchBack": HANDLERS,
  "app/[locale]/(ops)/ops/requests/[number]/actions#note": HANDLERS,
  "app/[locale]/(ops)/ops/requests/[number]/actions#plan": HANDLERS,
  "app/[locale]/(ops)/ops/requests/[number]/actions#reconsider": HANDLERS,
  "app/[locale]/(ops)/ops/requests/[number]/actions#route": HANDLERS,
  "app/[locale]/(ops)/ops/requests/[number]/actions#stop": HANDLERS,
  "app/[locale]/(ops)/ops/requests/[number]/actions#verify": HANDLERS,
  "app/[locale]/(ops)/ops/requests/[number]/actions#write": HANDLERS,
  "app/[locale]/(ops)/ops/requests/[number]/actions#approve": ["handler", "approver"],
  "app/[locale]/(ops)/ops/requests/[number]/actions#sendBack": ["handler", "approver"],
  "app/[locale]/(ops)/ops/requests/[number]/actions#show": ["handler", "approver", "auditor"],
  "app/[locale]/(ops)/ops/requests/new/actions#logAction": ["support", "handler"],
  "app/[locale]/(ops)/ops/suppressions/[id]/actions#lift": ["author", "support"],
  "app/[locale]/(ops)/ops/tickets/new/actions#issueLinkAction": ["support"],
  "app/[locale]/(ops)/ops/tokens/actions#createTokenAction": ADMINS,
  "app/[locale]/(ops)/ops/tokens/actions#revokeTokenAction": ADMINS,
  "app/[locale]/(ops)/ops/tokens/actions#rotateTokenAction": ADMINS,
  "app/[locale]/(ops)/ops/unreached/[broadcastId]/[accountId]/actions#settle": [
    "author",
    "support",
  ],
};

/** What may be prerendered: pages that are the same for everybody. */
export const PRERENDERED = /^\/(_not-found|_global-error|icon\.svg)$/;
