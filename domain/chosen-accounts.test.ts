import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";

import { db } from "@/db/client";
import { accounts, deliveries } from "@/db/schema";
import { acting } from "@/tests/support/context";
import {
  audienceForm,
  givenAffected,
  givenAnnouncement,
  givenApp,
  givenContact,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  NOTICE_DAY,
  noticeNow,
  published,
} from "@/tests/support/notices";
import { givenAccount, givenStaff } from "@/tests/support/people";

import { editAccount } from "./accounts/edit-account";
import { createAccount } from "./accounts/create-account";
import { importAccounts } from "./accounts/import-accounts";
import { previewImport } from "./accounts/import-preview";
import { affectedApps } from "./incidents/audience";
import { reasonForOwners, readReason } from "./incidents/audience-reason";
import { listAccountChoices } from "./incidents/chosen-accounts";
import { listAudience } from "./incidents/list-audience";
import { readSelection } from "./incidents/selection";
import { setAudience } from "./incidents/set-audience";
import { readRows } from "./rows";

const AT = NOTICE_DAY.written;
const tagsOf = async (id: string) =>
  (await db.select().from(accounts).where(eq(accounts.id, id)))[0]?.tags;

test("an account's tags are words, each once, by hand or by a file; left out they stay, emptied they go", async () => {
  const admin = acting(await givenStaff("admin"), AT);
  const { id } = await givenAccount({ name: "青禾网络" });
  const edit = (tags?: string | null) =>
    editAccount(admin, { accountId: id, name: "青禾网络", ...(tags !== undefined && { tags }) });
  await edit(" 金融、  Beta   users ；金融, VIP");
  expect(await tagsOf(id)).toEqual(["Beta users", "VIP", "金融"]);
  await edit();
  expect(await tagsOf(id)).toHaveLength(3);
  const { uin } = (await db.select().from(accounts).where(eq(accounts.id, id)))[0]!;
  const importing = async (cell: string) => {
    const file = `UIN,名称,标签\n${uin},青禾网络,${cell}\n700900000777,星澜科技,教育\n`;
    const bytes = new TextEncoder().encode(file);
    const preview = await previewImport(admin, { bytes });
    await importAccounts(admin, { bytes, ...preview });
    return preview.rows;
  };
  expect((await importing("教育;出海"))[0]).toMatchObject({
    changes: [{ field: "tags", from: "Beta users、VIP、金融", to: "出海、教育" }],
  });
  expect(await tagsOf(id)).toEqual(["出海", "教育"]);
  await importing("");
  expect(await tagsOf(id)).toEqual(["出海", "教育"]);
  await edit(null);
  expect(await tagsOf(id)).toEqual([]);
  const tags = (wrong: string) => edit(wrong).catch((error: { fields: unknown }) => error.fields);
  expect(await tags("长".repeat(31))).toMatchObject({ tags: ["errors.field.tooLong"] });
  expect(await tags(Array.from({ length: 21 }, (_, at) => `t${at}`).join())).toMatchObject({
    tags: ["accounts.errors.tooManyTags"],
  });
  await createAccount(admin, { uin: "700900000778", name: "云杉", tags: "出海" });
  await expect(
    createAccount(admin, { uin: "700900000778", name: "云杉", tags: "教育" }),
  ).rejects.toMatchObject({ fields: { tags: ["accounts.errors.otherTags"] } });
});

/** Three accounts of a product with an app each: two of finance, one without a tag. */
async function given() {
  const desk = await givenNoticeDesk();
  const admin = acting(await givenStaff("admin"), "2026-11-19 10:00");
  const each = [];
  for (const tags of ["金融", "金融、VIP", ""]) {
    const one = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
    await editAccount(admin, { accountId: one.account.id, name: "青禾", tags: tags || null });
    each.push(one);
  }
  const [plain, important, other] = each as [Affected, Affected, Affected];
  return { desk, admin, plain, important, other };
}
type Affected = Awaited<ReturnType<typeof givenAffected>>;

test("a rule by tags finds the accounts that have one, says which, and is explained by what they were at the time", async () => {
  const { desk, plain, important, other } = await given();
  const incident = await givenIncident(desk);
  const notice = await givenNotice(desk, {
    incidentId: incident.id,
    audience: { platforms: ["android"], tags: ["VIP", "金融"] },
  });
  const author = acting(desk.author, AT);
  const { rows } = await listAudience(author, { noticeId: notice.id });
  expect(rows.map(({ uin, reason }) => [uin, reason.tags]).toSorted()).toEqual(
    [
      [plain.account.uin, ["金融"]],
      [important.account.uin, ["VIP", "金融"]],
    ].toSorted(),
  );
  const { broadcastId } = await published(desk, notice);
  const later = acting(await givenStaff("admin"), "2026-12-01 10:00");
  await editAccount(later, { accountId: other.account.id, name: "青禾", tags: "VIP" });
  await db.update(accounts).set({ tags: [] }).where(eq(accounts.id, plain.account.id));

  const auditor = acting(await givenStaff("auditor"), "2026-12-20 10:00");
  const of = ({ account }: Affected) =>
    readSelection(auditor, { broadcastId: broadcastId ?? "", uin: account.uin });
  expect(await of(plain)).toMatchObject({
    ...{ isSelected: true, isTold: true },
    apps: [{ leftOut: null, entries: [{ action: "account.edited" }] }],
  });
  expect(await of(other)).toMatchObject({
    ...{ isSelected: false, isTold: false },
    apps: [{ leftOut: "tags" }],
  });
  // Whoever was told learns which of their own tags it was, and no other.
  const own = await readSelection(acting(plain.owner, "2026-12-20 10:00"), {
    ...{ broadcastId: broadcastId ?? "", accountId: plain.account.id },
  });
  expect(own.rule.tags).toEqual(["金融"]);
});

test("a tag nobody has is refused by name; one that the rule had already may stay", async () => {
  const { desk, admin, important } = await given();
  const draft = await givenAnnouncement(desk, { audience: { tags: ["VIP"] } });
  const author = acting(desk.author, AT);
  await expect(
    setAudience(author, audienceForm(draft, { tags: ["VIP", "金瀜"] })),
  ).rejects.toMatchObject({
    fields: { tags: ["notices.errors.audience.unknownTag"] },
    values: { tag: "金瀜" },
  });
  await editAccount(admin, { accountId: important.account.id, name: "青禾", tags: null });
  await setAudience(author, audienceForm(draft, { tags: ["VIP"], regions: ["cn"] }));
  expect((await noticeNow(draft.id)).audience.tags).toEqual(["VIP"]);
  expect((await listAccountChoices(author, { productId: desk.productId })).tags).toContain("金融");
});

test("a tag beyond those that are shown to choose from is one all the same", async () => {
  const { desk, other } = await given();
  for (let block = 0; block < 11; block += 1) {
    const tags = Array.from({ length: 20 }, (_, n) => `A${block * 20 + n}`);
    await db
      .update(accounts)
      .set({ tags })
      .where(eq(accounts.id, (await givenAccount()).id));
  }
  await db
    .update(accounts)
    .set({ tags: ["最后"] })
    .where(eq(accounts.id, other.account.id));
  const author = acting(desk.author, AT);
  const { tags } = await listAccountChoices(author, { productId: desk.productId });
  expect(tags).not.toContain("最后");
  const draft = await givenAnnouncement(desk, { audience: { tags: ["最后"] } });
  expect((await noticeNow(draft.id)).audience.tags).toEqual(["最后"]);
});

test("whom an earlier telling told is joined, and not looked through again for each app", async () => {
  const { desk } = await given();
  const toldBy = { broadcastId: randomUUID(), name: {} };
  const any = { platforms: [], versionRange: "", regions: [], apiOnly: false };
  const none = { sdkAppIds: [], excludedSdkAppIds: [] };
  const found = await affectedApps(db, { productId: desk.productId, ...any, ...none, toldBy });
  const plan = await readRows(db, z.object({ "QUERY PLAN": z.string() }))`explain ${found}`;
  const lines = plan.map((row) => row["QUERY PLAN"]).join("\n");
  expect(lines).toContain("unnest(d.account_ids)");
  expect(lines).not.toContain("One-Time Filter");
});

test("whom an earlier notice told is exactly whom it told: not its product's other apps, not who came later", async () => {
  const { desk, plain, important, other } = await given();
  await givenApp({
    ...{ accountId: plain.account.id, productId: desk.productId, platforms: { ios: "8.0.0" } },
  });
  const incident = await givenIncident(desk);
  const first = await published(
    desk,
    await givenNotice(desk, {
      incidentId: incident.id,
      audience: { platforms: ["android"], tags: ["金融"] },
    }),
  );
  const late = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  const author = acting(desk.author, NOTICE_DAY.approved);
  const { tellings } = await listAccountChoices(author, { productId: desk.productId });
  expect(tellings).toMatchObject([{ id: first.broadcastId }]);
  const draft = await givenAnnouncement(desk, { audience: { toldBy: first.broadcastId ?? "" } });
  const { rows } = await listAudience(author, { noticeId: draft.id });
  expect(rows.map(({ sdkAppId, reason }) => [sdkAppId, reason.wasTold]).toSorted()).toEqual(
    [
      [plain.app.sdkAppId, true],
      [important.app.sdkAppId, true],
    ].toSorted(),
  );
  const out = await published(desk, draft);
  const told = await db
    .select()
    .from(deliveries)
    .where(eq(deliveries.broadcastId, out.broadcastId ?? ""));
  expect(new Set(told.map(({ userId }) => userId))).toEqual(
    new Set([plain.owner.id, important.owner.id]),
  );
  const auditor = acting(await givenStaff("auditor"), "2026-12-20 10:00");
  for (const one of [other, late])
    expect(
      await readSelection(auditor, { broadcastId: out.broadcastId ?? "", uin: one.account.uin }),
    ).toMatchObject({ isSelected: false, apps: [{ leftOut: "told" }] });
  const elsewhere = await givenNoticeDesk();
  await expect(
    givenAnnouncement(elsewhere, { audience: { toldBy: first.broadcastId ?? "" } }),
  ).rejects.toMatchObject({ fields: { toldBy: ["notices.errors.audience.unknownTelling"] } });
});

test("contacts are told by their kind beside members and security contacts, who always are", async () => {
  const desk = await givenNoticeDesk();
  const { account, owner } = await givenAffected(desk.productId, { platforms: { ios: "8.0.0" } });
  const [security, technical, legal] = [
    await givenContact(account.id, "security"),
    await givenContact(account.id, "technical"),
    await givenContact(account.id, "legal"),
  ];
  const toldWith = async (contacts?: ("technical" | "legal")[]) => {
    const draft = await givenAnnouncement(desk, { audience: { ...(contacts && { contacts }) } });
    const out = await published(desk, draft, { typedPeople: 2 + (contacts ?? [0]).length });
    const told = await db
      .select()
      .from(deliveries)
      .where(eq(deliveries.broadcastId, out.broadcastId ?? ""));
    return { told: new Set(told.map(({ userId }) => userId)), rule: out.audience };
  };
  const always = [owner.id, security.id];
  const usual = await toldWith();
  expect(usual.told).toEqual(new Set([...always, technical.id]));
  // A rule from before is the rule of today where the usual ones are chosen.
  expect("contacts" in usual.rule).toBe(false);
  expect((await toldWith(["technical"])).rule).toEqual(usual.rule);
  expect((await toldWith([])).told).toEqual(new Set(always));
  expect((await toldWith(["legal"])).told).toEqual(new Set([...always, legal.id]));
});

test("no developer is told by what operations chose their account", () => {
  const stored = "android 8.1.0, ios 8.x unreadable; eea undeclared; tagged Beta users, 金融; told";
  expect(readReason(stored)).toMatchObject({
    ...{ kind: "versions", tags: ["Beta users", "金融"], wasTold: true },
    declarations: [{ topic: "eea", isDeclared: false }],
  });
  expect(reasonForOwners(stored)).toBe("android 8.1.0, ios 8.x unreadable; eea undeclared");
});
