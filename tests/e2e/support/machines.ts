import type { Page } from "./surfaces";

/** What answers machines and says nothing of anybody; each has a test of its own. */
export const MACHINES: Record<string, Page> = {
  "/_global-error": { rule: [], path: () => "/_global-error" },
  "/_not-found": { rule: [], path: () => "/feeds/nothing-here" },
  "/api/[[...rest]]": { rule: [], path: () => "/api/nothing-here" },
  "/api/auth/[...nextauth]": { rule: "anyone", path: () => "/api/auth/csrf" },
  /** A browser's own mark renews its row (server/push-subscription.test.ts). */
  "/api/push-subscription": { rule: [], path: () => "/api/push-subscription" },
  /** A POST ends a subscription (server/unsubscribe.test.ts); a look leads to its page. */
  "/api/unsubscribe": { rule: [], path: (r) => `/api/unsubscribe?key=${r.subscriptionKey}` },
  /** It opens by a token of the vendor's console: see server/inbox-api.test.ts. */
  "/api/v1/inbox": { rule: [], path: () => "/api/v1/inbox" },
  "/api/v1/openapi.json": { rule: "anyone", path: () => "/api/v1/openapi.json" },
  "/api/v1/policies/[slug]/versions/[version]/manifest": {
    rule: "anyone",
    path: (r) => `/api/v1/policies/${r.slug}/versions/${r.label}/manifest`,
  },
  "/policy-copies/[locale]/[slug]/[format]/[[...version]]": {
    rule: "anyone",
    path: ({ slug, label }) => `/zh-CN/policies/${slug}/${label}.md`,
  },
  /** It takes forms by POST alone, from who may write (domain/kept-wordings.test.ts). */
  "/[locale]/ops/drafts/[kind]/[id]": {
    rule: [],
    path: (r) => `/zh-CN/ops/drafts/version/${r.versionId}`,
  },
  "/[locale]/policies/[slug]/[version]/manifest/[file]": {
    rule: "anyone",
    path: (r) => `/zh-CN/policies/${r.slug}/${r.label}/manifest/information.csv`,
  },
  /** These open by a token and by no role: see tickets.spec.ts and server/account-api.test.ts. */
  "/api/v1/account-syncs": { rule: [], path: () => "/api/v1/account-syncs" },
  "/api/v1/account-syncs/[id]": { rule: [], path: () => "/api/v1/account-syncs/none" },
  "/api/v1/accounts/[uin]": { rule: [], path: () => "/api/v1/accounts/100000000001" },
  "/api/v1/apps/[id]/compliance": { rule: [], path: () => "/api/v1/apps/1400001287/compliance" },
  "/api/v1/ticket-links/[id]": { rule: [], path: () => "/api/v1/ticket-links/none" },
  "/api/v1/ticket-links": { rule: [], path: () => "/api/v1/ticket-links" },
  "/api/webhooks/resend": { rule: [], path: () => "/api/webhooks/resend" },
  "/.well-known/csaf/provider-metadata.json": {
    rule: "anyone",
    path: () => "/.well-known/csaf/provider-metadata.json",
  },
  "/.well-known/gaozhi/[file]": { rule: "anyone", path: () => "/.well-known/gaozhi/keys" },
  "/.well-known/security.txt": { rule: "anyone", path: () => "/.well-known/security.txt" },
  "/advisories/csaf/[...file]": { rule: "anyone", path: () => "/advisories/csaf/index.txt" },
  "/advisories/osv/[file]": { rule: "anyone", path: () => "/advisories/osv/modified_id.csv" },
  "/feeds/[locale]/atom.xml": { rule: "anyone", path: () => "/feeds/zh-CN/atom.xml" },
  "/feeds/[locale]/feed.json": { rule: "anyone", path: () => "/feeds/en/feed.json" },
  "/feeds/[locale]/dates.ics": { rule: "anyone", path: () => "/feeds/zh-CN/dates.ics" },
  "/feeds/[locale]/incidents.json": { rule: "anyone", path: () => "/feeds/en/incidents.json" },
  "/healthz": { rule: "anyone", path: () => "/healthz" },
  "/icon.svg": { rule: "anyone", path: () => "/icon.svg" },
  "/robots.txt": { rule: "anyone", path: () => "/robots.txt" },
  "/sitemap.xml": { rule: "anyone", path: () => "/sitemap.xml" },
  "/readyz": { rule: "anyone", path: () => "/readyz" },
};
