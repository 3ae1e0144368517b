import { expect, test } from "vitest";

import { readSources, smallFiles } from "./small-files";

/** Small files that serve one other file and have not moved into it. */
const KEPT = [
  "app/[locale]/(console)/_components/change-banner.tsx",
  "app/[locale]/(console)/_components/deregistration-banner.tsx",
  "app/[locale]/(console)/account/_components/danger-zone.tsx",
  "app/[locale]/(console)/account/deregistration/_components/last-cancelled.tsx",
  "app/[locale]/(console)/receipts/[number]/_components/after-disagreement.tsx",
  "app/[locale]/(console)/requests/[number]/_components/answer.tsx",
  "app/[locale]/(console)/requests/[number]/_components/progress.tsx",
  "app/[locale]/(entry)/contacts/confirm/_components/confirmation.tsx",
  "app/[locale]/(entry)/sign-in/_components/end-user-door.tsx",
  "app/[locale]/(entry)/t/[link]/_components/ended-link.tsx",
  "app/[locale]/(incidents)/_reads/incident.ts",
  "app/[locale]/(ops)/ops/_components/incident-todos.ts",
  "app/[locale]/(ops)/ops/_components/notice-todos.ts",
  "app/[locale]/(ops)/ops/_components/review-todos.ts",
  "app/[locale]/(ops)/ops/_components/unreached-todo.tsx",
  "app/[locale]/(ops)/ops/_notices/advice-editor.tsx",
  "app/[locale]/(ops)/ops/_notices/check-list.tsx",
  "app/[locale]/(ops)/ops/_notices/incident-gaps.tsx",
  "app/[locale]/(ops)/ops/_notices/skip-refused-lines.tsx",
  "app/[locale]/(ops)/ops/broadcasts/[id]/_components/status-legend.tsx",
  "app/[locale]/(ops)/ops/broadcasts/[id]/_components/unreached-link.tsx",
  "app/[locale]/(ops)/ops/policies/[documentId]/[versionId]/_components/check-list.tsx",
  "app/[locale]/(ops)/ops/policies/[documentId]/[versionId]/_components/prefix-anchors.ts",
  "app/[locale]/(ops)/ops/policies/[documentId]/_components/next-label.ts",
  "app/[locale]/(ops)/ops/requests/[number]/_components/history.tsx",
  "app/[locale]/(ops)/ops/requests/[number]/_components/receipt.tsx",
  "app/[locale]/(ops)/ops/requests/[number]/_components/subject-list.tsx",
  "app/[locale]/(ops)/ops/requests/[number]/_components/subjects.tsx",
  "app/[locale]/(ops)/ops/support/_components/found-accounts.tsx",
  "app/[locale]/(ops)/ops/tickets/new/_components/issued-link.tsx",
  "app/[locale]/(ops)/ops/tokens/_components/new-token.tsx",
  "app/[locale]/(ops)/ops/unreached/[broadcastId]/[accountId]/_components/settle-form.tsx",
  "app/[locale]/(public)/_reads/announcement.ts",
  "components/accounts/contact-summary.tsx",
  "components/accounts/contact-table.tsx",
  "components/accounts/import-done.tsx",
  "components/accounts/own-members.tsx",
  "components/accounts/platforms.tsx",
  "components/accounts/role-facts.tsx",
  "components/accounts/save-banner.tsx",
  "components/broadcasts/announcement-body.tsx",
  "components/broadcasts/broadcast-summary.tsx",
  "components/broadcasts/delivery-refresh.tsx",
  "components/broadcasts/deregistration-body.tsx",
  "components/broadcasts/request-body.tsx",
  "components/form/saved-mark.tsx",
  "components/incidents/notice-citation.tsx",
  "components/layout/close-on-navigation.tsx",
  "components/layout/public-shell.tsx",
  "components/policies/anchor-copy.tsx",
  "components/policies/diff-numbers.ts",
  "components/policies/hidden-below.tsx",
  "components/policies/reader-layout.tsx",
  "components/policies/upcoming-banner.tsx",
  "lib/clean-address.ts",
  "jobs/mail-contact.ts",
  "jobs/mail-sign-in.ts",
  "server/draft-form.ts",
  "server/import-report.ts",
  "server/inbox-address.ts",
  "server/notice-form.ts",
  "server/ticket-draft.ts",
];

const small = smallFiles(readSources());

test("a small file that serves one other file moves into it", () => {
  expect(small.filter((file) => !KEPT.includes(file))).toEqual([]);
});

test("the list of those that stand alone only shrinks: each is still small and serves one file", () => {
  expect(KEPT.filter((file) => !small.includes(file))).toEqual([]);
});

const line = "const a = 1;\n";

test.each([
  [
    "a helper of one file",
    { "lib/a.ts": line, "lib/b.ts": 'import "x"; from "./a"' },
    ["lib/a.ts"],
  ],
  [
    "one of two files",
    { "lib/a.ts": line, "lib/b.ts": 'from "./a"', "app/c.ts": 'from "@/lib/a"' },
    [],
  ],
  [
    "one of a script too",
    { "lib/a.ts": line, "lib/b.ts": 'from "./a"', "scripts/c.ts": 'from "@/lib/a"' },
    [],
  ],
  ["36 lines", { "lib/a.ts": line.repeat(36), "lib/b.ts": 'from "./a"' }, []],
  ["a verb", { "domain/x/a.ts": "export const go = verb({", "domain/x/b.ts": 'from "./a"' }, []],
  ["a page's actions", { "app/x/actions.ts": line, "app/x/page.tsx": 'from "./actions"' }, []],
])("%s", (_name, files, found) => {
  expect(smallFiles(new Map(Object.entries(files)))).toEqual(found);
});
