import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { inRoot } from "@/lib/paths";
import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";

import { readFactsAs } from "./facts";

/** Whom these tell: the person themselves, everybody, the mail that tells it or tries it on its writer, an account's evidence (docs/decisions/030). */
const TELL_WHOM_IT_WAS_TOLD = [
  "domain/broadcasts/announcements.ts",
  "domain/broadcasts/facts.ts",
  "domain/broadcasts/render-mail.ts",
  // It tells on what is not restricted.
  "domain/broadcasts/start.ts",
  "domain/broadcasts/withdrawals.ts",
  "domain/evidence/gathered.ts",
  "domain/evidence/take-evidence.ts",
  "domain/inbox/know.ts",
  "domain/inbox/list.ts",
  "domain/inbox/popup.ts",
  "domain/incidents/list-public-notices.ts",
  "domain/tickets/find-notice.ts",
  "jobs/mail-link.ts",
];

test("what withholds nothing of a restricted incident is called only where it was told to the reader", () => {
  const callers = ["app", "domain", "jobs", "server"]
    .flatMap((folder) =>
      readdirSync(inRoot(folder), { recursive: true, encoding: "utf8" }).map(
        (file) => `${folder}/${file}`,
      ),
    )
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .filter((file) => /\breadFacts\(/.test(readFileSync(inRoot(file), "utf8")));
  expect(callers.sort()).toEqual(TELL_WHOM_IT_WAS_TOLD);
});

const FACTS = {
  ...{ noticeId: "n", incidentId: "i", incidentNumber: "I-2026-000001", type: "initial" },
  ...{ sequence: 1, title: { "zh-CN": "机密标题" }, kind: "leak", severity: "general" },
  ...{ status: "resolved", visibility: "restricted", contact: "机密联系人" },
  parts: {
    ...{ situation: { "zh-CN": "机密经过" }, measures: [], adviceDevelopers: [] },
    ...{ adviceEndUsers: {}, actionability: "required" },
  },
  ...{ dataKinds: { "zh-CN": "机密数据" }, cause: { "zh-CN": "机密原因" } },
  ...{ occurredAt: null, discoveredAt: "2026-11-20T00:00:00Z", containedAt: null },
  ...{ resolvedAt: null, publicSummary: { "zh-CN": "公开摘要" }, corrects: null },
  ...{ publishedAt: "2026-11-20T01:00:00Z", contentHash: "h" },
};

test.each([
  ["support", false],
  ["author", true],
  ["approver", true],
  ["auditor", true],
  ["admin", true],
] as const)("of a restricted incident %s reads title and text: %s", async (role, reads) => {
  const { actor } = acting(await givenStaff(role), "2026-11-20 12:00");
  const told = JSON.stringify(readFactsAs(actor, "incident_notice", FACTS));
  expect(told.includes("机密")).toBe(reads);
  expect(told).toContain("I-2026-000001");
  expect(told).toContain("公开摘要");
});
