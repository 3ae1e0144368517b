import { ONE_ACCOUNT } from "./roles";
import type { Page } from "./surfaces";

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
