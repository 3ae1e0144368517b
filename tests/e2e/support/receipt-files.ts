import { ONE_ACCOUNT } from "./roles";
import type { Page } from "./surfaces";

const KEEPERS = ["handler", "auditor", "admin"] as const;

/** Of a proof there is nothing to download until the worker has sealed the answer. */
const NAMES = ["proof.json", "receipt.html", "receipt.json", "receipt.txt"];

/** A receipt as a file, in each of its forms. */
export const RECEIPT_FILES: Record<string, Page> = Object.fromEntries(
  NAMES.map((name) => [
    `/[locale]/receipts/[number]/${name}`,
    { rule: ONE_ACCOUNT, path: (r) => `/zh-CN/receipts/${r.receiptNumber}/${name}` },
  ]),
);

/** Of a deletion, for its requester and the case's people. */
export const DELETION_PROOF: Page = {
  rule: ["owner", "handler", "auditor"],
  path: (r) => `/zh-CN/requests/${r.deletedNumber}/receipt/proof.json`,
};

const TAKES_EVIDENCE: Page["rule"] = [...ONE_ACCOUNT, "auditor", "admin"];

/** What shows that somebody was told, and that an account is gone, as files. */
export const EVIDENCE_FILES: Record<string, Page> = {
  "/[locale]/evidence/[broadcastId]/[accountId]": {
    rule: TAKES_EVIDENCE,
    path: (r) => `/zh-CN/evidence/${r.broadcastId}/${r.accountId}`,
  },
  "/[locale]/evidence/[broadcastId]/[accountId]/proof.json": {
    rule: TAKES_EVIDENCE,
    path: (r) => `/zh-CN/evidence/${r.broadcastId}/${r.accountId}/proof.json`,
  },
  "/[locale]/evidence/of/[scope]/[id]": {
    rule: TAKES_EVIDENCE,
    path: (r) => `/zh-CN/evidence/of/account/${r.accountId}`,
  },
  // The key opens it, as it opens the certificate itself.
  "/[locale]/deregistration/certificate/[number]/proof.json": {
    rule: "anyone",
    path: (r) =>
      `/zh-CN/deregistration/certificate/${r.certificateNumber}/proof.json?key=${r.certificateKey}`,
  },
};

/** What an account or a person saw at a moment, and one telling as it was told to them. */
export const LOOK_BACKS: Record<string, Page> = {
  "/[locale]/ops/support/then/[of]/[id]": {
    rule: ["support", "auditor"],
    path: (r) => `/zh-CN/ops/support/then/account/${r.accountId}`,
  },
  "/[locale]/ops/support/then/[of]/[id]/[broadcastId]": {
    rule: ["support", "auditor"],
    path: (r) => `/zh-CN/ops/support/then/account/${r.accountId}/${r.broadcastId}`,
  },
};

/** What became of each user of a deletion, by hash. */
export const DELETED_USERS: Page = {
  rule: ["owner", "handler", "auditor"],
  path: (r) => `/zh-CN/requests/${r.deletedNumber}/receipt/users.csv`,
};

/** What ended services left, and the stores it lies in. */
export const DISPOSALS: Record<string, Page> = {
  "/[locale]/ops/disposals": { rule: KEEPERS, path: () => "/zh-CN/ops/disposals" },
  "/[locale]/ops/disposals/stores": { rule: KEEPERS, path: () => "/zh-CN/ops/disposals/stores" },
  "/[locale]/ops/disposals/[endId]": {
    rule: KEEPERS,
    path: (r) => `/zh-CN/ops/disposals/${r.endId}`,
  },
};

/** What an app's own policy has to say, as a file. */
export const KIT_FILE: Page = {
  rule: ONE_ACCOUNT,
  path: (r) => `/zh-CN/account/apps/${r.appId}/policy-kit/clause.md`,
};

/** How the requests were answered, as a page and as a file. */
export const FIGURES: Record<string, Page> = Object.fromEntries(
  ["figures", "figures/figures.csv"].map((name) => [
    `/[locale]/ops/requests/${name}`,
    { rule: ["handler", "auditor"], path: () => `/zh-CN/ops/requests/${name}` },
  ]),
);
