import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { acting } from "@/tests/support/context";
import { givenAccount, givenProduct, givenStaff } from "@/tests/support/people";

import { closeApp } from "./close-app";
import { importAccounts } from "./import-accounts";
import { previewImport } from "./import-preview";
import { listApps } from "./list-apps";
import { listMembers } from "./list-members";
import { removeMember } from "./remove-member";
import { saveApp } from "./save-app";
import { saveMember } from "./save-member";

/** What two accounts that went the same way, one by forms and one by files, have on record. */
async function givenDesk() {
  const admin = acting(await givenStaff("admin"), "2026-03-02 12:00");
  const [byForm, byFile] = [await givenAccount(), await givenAccount()];
  const importFile = async (...lines: string[]) => {
    const bytes = new TextEncoder().encode(`${lines.join("\n")}\n`);
    await importAccounts(admin, { bytes, ...(await previewImport(admin, { bytes })) });
  };
  return { admin, byForm, byFile, importFile };
}

/** The snapshots of a thing, without what must differ: ids, and the import that a file names. */
async function snapshotsOf(id: string, replace: Record<string, unknown>) {
  const rows = await db
    .select({ before: auditEntries.before, after: auditEntries.after })
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, id))
    .orderBy(auditEntries.seq);
  const alike = (snapshot: unknown) =>
    snapshot === null ? null : { ...(snapshot as object), ...replace, importId: undefined };
  return rows.map(({ before, after }) => ({ before: alike(before), after: alike(after) }));
}

test("an app entered, changed and opened again leaves the same record by a form and by a file", async () => {
  const { admin, byForm, byFile, importFile } = await givenDesk();
  const product = await givenProduct();
  const [formApp, fileApp] = ["1700000001", "1700000002"];
  const columns = "sdkappid,uin,name,product,region,api_only,platforms";
  const closeAll = async (accountId: string) => {
    for (const { id } of (await listApps(admin, { accountId })).rows)
      await closeApp(admin, { appId: id });
  };
  for (const sdkVersion of ["8.1.0", "8.2.0"]) {
    await saveApp(admin, {
      ...{ accountId: byForm.id, sdkAppId: formApp, productId: product.id, name: "轻语" },
      ...{ region: "cn", apiOnly: false, platforms: { android: sdkVersion } },
    });
    await importFile(
      columns,
      `${fileApp},${byFile.uin},轻语,${product.slug},cn,,android:${sdkVersion}`,
    );
    await closeAll(byForm.id);
    await closeAll(byFile.id);
  }

  const same = { accountId: "-", sdkAppId: "-" };
  const [one] = (await listApps(admin, { accountId: byForm.id })).rows;
  const [other] = (await listApps(admin, { accountId: byFile.id })).rows;
  const record = await snapshotsOf(one!.id, same);
  expect(await snapshotsOf(other!.id, same)).toEqual(record);
  expect(record[2]).toMatchObject({
    before: { name: "轻语", platforms: { android: "8.1.0" }, closed: true },
    after: { name: "轻语", platforms: { android: "8.2.0" }, closed: false },
  });
});

test("a member who joins, is renamed, leaves and comes back leaves the same record by a form and by a file", async () => {
  const { admin, byForm, byFile, importFile } = await givenDesk();
  const save = async (name: string, role: "owner" | "viewer") => {
    const [formMail, fileMail] = [byForm, byFile].map(({ uin }) => `${uin}@crowd.example`);
    await saveMember(admin, { accountId: byForm.id, email: formMail!, name, role, locale: "en" });
    await importFile("uin,email,name,role,locale", `${byFile.uin},${fileMail},${name},${role},en`);
  };
  const membersOf = async () =>
    Promise.all(
      [byForm, byFile].map(
        async ({ id }) => (await listMembers(admin, { accountId: id })).rows[0]!,
      ),
    );
  await save("Ann", "viewer");
  await save("Anna", "viewer");
  const [one, other] = await membersOf();
  for (const { id } of [one!, other!]) await removeMember(admin, { memberId: id });
  await save("Anna", "owner");

  const same = { accountId: "-", userId: "-" };
  const record = await snapshotsOf(one!.id, same);
  expect(await snapshotsOf(other!.id, same)).toEqual(record);
  expect(record.map(({ before, after }) => [before, after])).toMatchObject([
    [null, { role: "viewer", left: false, renamed: false }],
    [{ role: "viewer", left: false }, { renamed: true }],
    [{ left: false }, { left: true }],
    [
      { role: "viewer", left: true },
      { role: "owner", left: false, renamed: false },
    ],
  ]);
});
