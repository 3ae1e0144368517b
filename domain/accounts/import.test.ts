import { and, eq, inArray, isNull } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { accounts, apps, auditEntries, members, users } from "@/db/schema";
import type { Context } from "@/domain/context";
import { acting } from "@/tests/support/context";
import { effort } from "@/tests/support/effort";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";
import { recordLength, recordOf } from "@/tests/support/record";

import { changeAddress } from "./change-address";
import { closeApp } from "./close-app";
import { createAccount } from "./create-account";
import { findAccount } from "./find-account";
import { listApps } from "./list-apps";
import { listMembers } from "./list-members";
import { importAccounts } from "./import-accounts";
import { previewImport } from "./import-preview";
import { removeMember } from "./remove-member";
import { saveMember } from "./save-member";

const NOON = "2026-03-02 12:00";
let admin: Context;
let issued = 700_000_000_000;
const newUin = () => String(issued++);

beforeEach(async () => {
  admin = acting(await givenStaff("admin"), NOON);
});

const bytesOf = (lines: readonly string[]) => new TextEncoder().encode(`${lines.join("\n")}\n`);

async function importing(...lines: string[]) {
  const bytes = bytesOf(lines);
  const preview = await previewImport(admin, { bytes });
  const confirm = () => importAccounts(admin, { bytes, ...preview });
  return { preview, confirm };
}

const accountsFile = (...rows: string[]) => ["uin,name", ...rows];
const appsFile = (...rows: string[]) => ["sdkappid,uin,name,product,api_only,platforms", ...rows];
const membersFile = (...rows: string[]) => ["uin,email,name,role,locale", ...rows];

describe("accounts", () => {
  test("are added and renamed as previewed; each is on record", async () => {
    const known = await givenAccount({ name: "旧名" });
    const same = await givenAccount({ name: "不变" });
    const uin = newUin();

    const { preview, confirm } = await importing(
      ...accountsFile(`${uin},星澜科技`, `${known.uin},新名`, `${same.uin},不变`),
    );
    expect(preview).toMatchObject({ kind: "accounts", added: 1, changed: 1, unchanged: 1 });
    expect(preview.rows).toMatchObject([
      { line: 2, state: "added", changes: [{ field: "name", from: null, to: "星澜科技" }] },
      { line: 3, state: "changed", changes: [{ field: "name", from: "旧名", to: "新名" }] },
    ]);
    const { importId } = await confirm();

    const [added] = await db.select().from(accounts).where(eq(accounts.uin, uin));
    expect(added).toMatchObject({ name: "星澜科技", createdAt: admin.now });
    expect(await findAccount(admin, { accountId: known.id })).toMatchObject({ name: "新名" });
    expect(await recordOf(added!.id)).toEqual(["account.created"]);
    expect(await recordOf(known.id)).toEqual(["account.edited"]);
    expect(await recordOf(same.id)).toEqual([]);
    expect(await recordOf(importId!)).toEqual(["account.imported"]);
  });
});

describe("apps", () => {
  test("are added, changed and opened again, by the product's slug or name", async () => {
    const [product, account] = [await givenProduct(), await givenAccount()];
    const [one, two] = ["1500000001", "1500000002"];
    await (
      await importing(
        ...appsFile(
          `${one},${account.uin},轻语,${product.slug},,android:8.1.0;ios:8.0.2`,
          `${two},${account.uin},网关,${product.slug},yes,`,
        ),
      )
    ).confirm();
    const { rows: first } = await listApps(admin, { accountId: account.id });
    await closeApp(admin, { appId: first.find(({ sdkAppId }) => sdkAppId === two)!.id });

    const { preview, confirm } = await importing(
      ...appsFile(
        `${one},${account.uin},轻语,${product.slug},,ios:8.0.2;android:8.2.0`,
        `${two},${account.uin},网关,${product.slug},yes,`,
      ),
    );
    expect(preview.rows).toMatchObject([
      {
        changes: [
          { field: "platforms", from: "android 8.1.0; ios 8.0.2", to: "android 8.2.0; ios 8.0.2" },
        ],
      },
      { changes: [{ field: "closed", from: "yes", to: "no" }] },
    ]);
    await confirm();

    const { rows: after } = await listApps(admin, { accountId: account.id });
    expect(after).toMatchObject([
      {
        sdkAppId: one,
        closedAt: null,
        platforms: [
          { platform: "android", sdkVersion: "8.2.0" },
          { platform: "ios", sdkVersion: "8.0.2" },
        ],
      },
      { sdkAppId: two, apiOnly: true, closedAt: null, platforms: [] },
    ]);
    expect(await recordOf(after[0]!.id)).toEqual(["app.saved", "app.saved"]);
  });

  test("an app keeps its region where the file says none", async () => {
    const [product, account] = [await givenProduct(), await givenAccount()];
    const header = "sdkappid,uin,name,product,region,api_only,platforms";
    const file = (region: string, name: string) =>
      importing(header, `1500000009,${account.uin},${name},${product.slug},${region},yes,`);
    const regionNow = async () =>
      (await listApps(admin, { accountId: account.id })).rows.map(({ region }) => region);

    await (await file("sg", "网关")).confirm();
    expect(await regionNow()).toEqual(["sg"]);
    await (await file("", "新网关")).confirm();
    expect(await regionNow()).toEqual(["sg"]);
    await (await file("德国", "新网关")).confirm();
    expect(await regionNow()).toEqual(["de"]);
  });

  test("name what only the stored accounts can tell", async () => {
    const [product, mine, theirs] = [
      await givenProduct(),
      await givenAccount(),
      await givenAccount(),
    ];
    const known = "1500000003";
    await db.insert(apps).values({
      accountId: theirs.id,
      productId: product.id,
      sdkAppId: known,
      name: "已有",
      createdAt: admin.now,
    });
    const { preview } = await importing(
      ...appsFile(
        `1500000004,${newUin()},甲,${product.slug},yes,`,
        `1500000005,${mine.uin},甲,没有这个产品,yes,`,
        `${known},${mine.uin},甲,${product.slug},yes,`,
      ),
    );

    expect(preview.problems).toMatchObject([
      { line: 2, column: "uin", messageKey: "accounts.errors.csv.unknownUin" },
      { line: 3, column: "product", messageKey: "accounts.errors.csv.unknownProduct" },
      {
        line: 4,
        column: "sdkAppId",
        messageKey: "accounts.errors.csv.otherAccount",
        values: { uin: theirs.uin },
      },
    ]);
  });
});

describe("members", () => {
  test("new people are entered, known ones join, those who left come back", async () => {
    const [account, other] = [await givenAccount(), await givenAccount()];
    const known = await givenMember(other.id, "owner", { locale: "en" });
    const left = await saveMember(admin, {
      accountId: account.id,
      email: "left@xinglan.example",
      name: "离开的人",
      role: "legal",
    });
    await removeMember(admin, { memberId: left.id });

    const { preview, confirm } = await importing(
      ...membersFile(
        `${account.uin},fresh@xinglan.example,新来的人,owner,en`,
        `${account.uin},${known.email},${known.name},法务,中文`,
        `${account.uin},left@xinglan.example,改了名,member,`,
      ),
    );
    expect(preview).toMatchObject({ added: 3, changed: 0, problems: [] });
    expect(preview.rows[2]).toMatchObject({
      key: "left@xinglan.example",
      changes: [
        { field: "role", from: null, to: "member" },
        { field: "name", from: "离开的人", to: "改了名" },
      ],
    });
    await confirm();

    const { rows: after } = await listMembers(admin, { accountId: account.id });
    expect(after).toMatchObject([
      { email: "fresh@xinglan.example", role: "owner", locale: "en" },
      { userId: known.id, role: "legal", locale: "en" },
      { id: left.id, name: "改了名", role: "member", leftAt: null },
    ]);
    expect(await recordOf(left.id)).toEqual(["member.saved", "member.removed", "member.saved"]);
  });

  test("an old list never enters an address that was changed as a second person", async () => {
    const account = await givenAccount();
    const owner = await givenMember(account.id, "owner");
    const [member] = await db.select().from(members).where(eq(members.userId, owner.id));
    const list = membersFile(`${account.uin},${owner.email},${owner.name},owner,`);
    const email = `moved-${owner.email}`;
    await changeAddress(admin, { memberId: member!.id, email });

    const again = await importing(...list);
    expect(again.preview.problems).toEqual([
      {
        ...{ line: 2, column: "email", found: owner.email },
        messageKey: "accounts.errors.csv.formerAddress",
        values: { name: owner.name, email, date: "2026-03-02" },
      },
    ]);
    await expect(again.confirm()).rejects.toMatchObject({ code: "invalid" });
    expect(await db.$count(users, eq(users.email, owner.email))).toBe(0);

    const wish = { accountId: account.id, email: owner.email, name: "另一人" };
    const add = (isAnotherPerson: boolean) =>
      saveMember(admin, { ...wish, role: "viewer", asNew: true, isAnotherPerson });
    await expect(add(false)).rejects.toMatchObject({
      fields: { email: ["accounts.errors.formerAddress"] },
    });
    await add(true);
    const confirmed = await importing(
      ...membersFile(`${account.uin},${owner.email},另一人,viewer,`),
    );
    expect(confirmed.preview).toMatchObject({ problems: [], unchanged: 1 });
  });

  test("an address taken up again is its owner's", async () => {
    const account = await givenAccount();
    const owner = await givenMember(account.id, "owner");
    const [member] = await db.select().from(members).where(eq(members.userId, owner.id));
    const memberId = member!.id;
    await changeAddress(admin, { memberId, email: `moved-${owner.email}` });
    await changeAddress(admin, { memberId, email: owner.email });
    const list = await importing(
      ...membersFile(`${account.uin},${owner.email},${owner.name},owner,`),
    );
    expect(list.preview).toMatchObject({ problems: [], unchanged: 1 });
  });

  test("the record of an import names no person", async () => {
    const account = await givenAccount();
    const { confirm } = await importing(
      ...membersFile(`${account.uin},secret@xinglan.example,保密的人,owner,`),
    );
    const { importId } = await confirm();

    const entries = await db.select().from(auditEntries);
    const own = JSON.stringify(
      entries.filter(({ after }) => JSON.stringify(after).includes(importId!)),
    );
    expect(own).toContain("owner");
    expect(own).not.toMatch(/secret|保密/);
  });

  test("the last owner stays, unless the file names another", async () => {
    const account = await givenAccount();
    const owner = await givenMember(account.id, "owner");
    const demotion = `${account.uin},${owner.email},${owner.name},member,`;

    const alone = await importing(...membersFile(demotion));
    expect(alone.preview.problems).toMatchObject([
      { line: 2, column: "role", messageKey: "accounts.errors.csv.lastOwner" },
    ]);
    await expect(alone.confirm()).rejects.toMatchObject({ code: "invalid" });

    const handed = await importing(
      ...membersFile(demotion, `${account.uin},next@xinglan.example,接任者,owner,`),
    );
    expect(handed.preview.problems).toEqual([]);
    await handed.confirm();
    const { rows: after } = await listMembers(admin, { accountId: account.id });
    expect(after.map(({ role }) => role)).toEqual(["owner", "member"]);
  });

  test("10,000 lines are imported in seconds, with a record of each", async () => {
    const uins = Array.from({ length: 500 }, newUin);
    await (await importing(...accountsFile(...uins.map((uin) => `${uin},公司 ${uin}`)))).confirm();
    const rows = Array.from({ length: 10_000 }, (_, n) => {
      const role = n < 500 ? "owner" : "member";
      return `${uins[n % 500]},person.${n}@bulk.example,成员 ${n},${role},zh-CN`;
    });
    const before = await recordLength();

    const took = await effort(async () => {
      const { confirm } = await importing(...membersFile(...rows));
      expect(await confirm()).toMatchObject({ added: 10_000, changed: 0 });
    });
    expect(took).toBeLessThan(10_000);

    const bulk = db.select({ id: accounts.id }).from(accounts).where(inArray(accounts.uin, uins));
    expect(await db.$count(members, inArray(members.accountId, bulk))).toBe(10_000);
    expect(await recordLength()).toBe(before + 10_001);
  }, 60_000);
});

describe("all or nothing", () => {
  test("one bad line, and nothing is stored", async () => {
    const uin = newUin();
    const { preview, confirm } = await importing(...accountsFile(`${uin},好的一行`, "12,坏的一行"));
    const before = await recordLength();

    expect(preview).toMatchObject({ problemCount: 1, added: 1 });
    await expect(confirm()).rejects.toMatchObject({
      fields: { file: ["accounts.errors.importProblems"] },
    });
    expect(await db.$count(accounts, eq(accounts.uin, uin))).toBe(0);
    expect(await recordLength()).toBe(before);
  });

  test("another file than was previewed is refused", async () => {
    const { preview } = await importing(...accountsFile(`${newUin()},甲`));
    const swapped = bytesOf(accountsFile(`${newUin()},乙`));

    await expect(importAccounts(admin, { bytes: swapped, ...preview })).rejects.toMatchObject({
      code: "conflict",
      messageKey: "accounts.errors.importOtherFile",
    });
  });

  test("what changed since the preview is previewed again", async () => {
    const uin = newUin();
    const { confirm } = await importing(...accountsFile(`${uin},甲`));
    await createAccount(admin, { uin, name: "乙" });

    await expect(confirm()).rejects.toMatchObject({
      code: "conflict",
      messageKey: "accounts.errors.importMoved",
    });
    expect(await db.$count(accounts, and(eq(accounts.uin, uin), eq(accounts.name, "乙")))).toBe(1);
  });

  test("confirming twice, also at the same moment, imports once", async () => {
    const account = await givenAccount();
    const { confirm } = await importing(
      ...membersFile(`${account.uin},twice@xinglan.example,甲,owner,`),
    );

    const results = await Promise.all([confirm(), confirm()]);
    expect(results.map(({ added }) => added).sort()).toEqual([0, 1]);
    expect(await confirm()).toMatchObject({ added: 0, changed: 0, importId: null });

    const twice = db
      .select({ id: users.id })
      .from(users)
      .where(eq(users.email, "twice@xinglan.example"));
    expect(
      await db.$count(members, and(inArray(members.userId, twice), isNull(members.leftAt))),
    ).toBe(1);
  });

  test("only administrators preview and import", async () => {
    const bytes = bytesOf(accountsFile(`${newUin()},甲`));
    const owner = await givenMember((await givenAccount()).id, "owner");

    for (const actor of [owner, await givenStaff("author", "auditor", "support")]) {
      const ctx = acting(actor, NOON);
      await expect(previewImport(ctx, { bytes })).rejects.toMatchObject({ code: "not_allowed" });
      await expect(
        importAccounts(ctx, { bytes, fileHash: "", planHash: "" }),
      ).rejects.toMatchObject({ code: "not_allowed" });
    }
  });

  test("a file in GB18030 is imported like any other", async () => {
    // "uin,名称\n700123456789,星澜科技\n"
    const bytes = Uint8Array.from(
      Buffer.from("75696e2cc3fbb3c60a3730303132333435363738392cd0c7c0bdbfc6bcbc0a", "hex"),
    );
    const preview = await previewImport(admin, { bytes });
    expect(preview).toMatchObject({ encoding: "gb18030", added: 1 });
    await importAccounts(admin, { bytes, ...preview });

    const [account] = await db.select().from(accounts).where(eq(accounts.uin, "700123456789"));
    expect(account?.name).toBe("星澜科技");
  });
});
