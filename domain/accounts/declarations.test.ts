import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { accounts, appDeclarations, apps } from "@/db/schema";
import type { MemberRole } from "@/db/vocabulary/access";
import { beijing } from "@/tests/support/context";
import { asOwner } from "@/tests/support/owner";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import type { Context, Person } from "../context";
import { Conflict, Invalid, NotFound } from "../errors";
import { closeApp } from "./close-app";
import { listUndeclared } from "./declarations";
import { declareOwnApp, putOffDeclarations } from "./declare-app";
import { findSynced } from "./find-synced";
import { importAccounts } from "./import-accounts";
import { previewImport } from "./import-preview";
import { findApp } from "./list-apps";
import { listOwnAccounts } from "./list-own";
import { closeOwnApp, findOwnApp, saveOwnApp } from "./own-apps";
import { putAccount } from "./put-account";
import { DECLARATION_SOURCES, decidedBy, shortOf } from "./rules";

const NOW = beijing("2026-11-30 10:00");
const as = (actor: Person, now = NOW): Context => ({ actor, now });
const CONSOLE: Context = {
  actor: { kind: "token", id: crypto.randomUUID(), scopes: ["accounts_read", "accounts_write"] },
  now: NOW,
};

const BLANK = { minors: {}, eea: {}, others: false };
const CHILDREN = { isOfAge: "yes", isForChildren: "yes", hasGuardianConsent: "yes" } as const;
const GROWN = { isOfAge: "yes", isForChildren: "no" } as const;
const NOWHERE = { isEstablished: "no", offers: "no", monitors: "no" } as const;

let number = 1_700_000_000;

/** An account with two apps and a person of each role. */
async function givenTeam() {
  const product = await givenProduct();
  const account = await givenAccount();
  const [app, other] = await db
    .insert(apps)
    .values(
      ["轻语", "青禾客服"].map((name) => ({
        ...{ accountId: account.id, productId: product.id, apiOnly: true, createdAt: NOW, name },
        sdkAppId: String(number++),
      })),
    )
    .returning();
  const person = (role: MemberRole) => givenMember(account.id, role);
  const [owner, legal, viewer] = [
    await person("owner"),
    await person("legal"),
    await person("viewer"),
  ];
  return { account, product, app: app!, other: other!, owner, legal, viewer };
}

const declared = async (owner: Person, appId: string) =>
  (await findOwnApp(as(owner), { appId })).app.declarations;

test("P37: an owner declares per app that they are of age and whether it is for children, with the guardians' consent", async () => {
  const { account, app, other, owner, viewer } = await givenTeam();
  const ctx = as(owner);
  expect(await declared(owner, app.id)).toEqual({ minors: null, eea: null });

  await declareOwnApp(ctx, { ...BLANK, appId: app.id, minors: CHILDREN });
  await declareOwnApp(ctx, { ...BLANK, appId: app.id, minors: CHILDREN });
  const holds = {
    answer: { isOfAge: true, isForChildren: true, hasGuardianConsent: true },
    ...{ applies: true, revision: 1 },
  };
  // Every member reads it, and the operations side; what was not declared stays so.
  expect((await declared(viewer, app.id)).minors).toMatchObject(holds);
  const seen = await findApp(as(await givenStaff("support")), {
    ...{ accountId: account.id, appId: app.id },
  });
  expect(seen.app.declarations).toMatchObject({ minors: holds, eea: null });
  expect(await declared(owner, other.id)).toEqual({ minors: null, eea: null });
  expect(await recordOf(app.id)).toEqual(["app.declared"]);
  expect(DECLARATION_SOURCES.isForChildren).toEqual({ promise: "P37", article: "pipl31" });
});

test("P37: an app for children without the guardians' consent, and a developer under age, are named as short of it", () => {
  expect(shortOf({ isOfAge: true, isForChildren: true, hasGuardianConsent: false })).toEqual([
    "hasGuardianConsent",
  ]);
  expect(shortOf({ isOfAge: false, isForChildren: false })).toEqual(["isOfAge"]);
  expect(shortOf({ isOfAge: true, isForChildren: false })).toEqual([]);
});

test("P49: the three tests are answered once per app, and the result says by which of them the GDPR applies", async () => {
  const { app, owner } = await givenTeam();
  for (const bits of [0, 1, 2, 3, 4, 5, 6, 7]) {
    const word = (bit: number) => (bits & bit ? ("yes" as const) : ("no" as const));
    const eea = { isEstablished: word(1), offers: word(2), monitors: word(4) };
    await declareOwnApp(as(owner), { ...BLANK, appId: app.id, eea });
    const { eea: holds } = await declared(owner, app.id);
    const decided = Object.entries(eea).flatMap(([test, said]) => (said === "yes" ? [test] : []));
    expect(holds).toMatchObject({ applies: decided.length > 0, revision: bits + 1 });
    expect(decidedBy("eea", holds!.answer)).toEqual(decided);
  }
  expect([
    DECLARATION_SOURCES.isEstablished,
    DECLARATION_SOURCES.offers,
    DECLARATION_SOURCES.monitors,
  ]).toEqual([
    { promise: "P49", article: "gdpr3-1" },
    { promise: "P49", article: "gdpr3-2-a" },
    { promise: "P49", article: "gdpr3-2-b" },
  ]);
});

test("P37, P49: the latest declaration holds, and those before it stay with who made them and when", async () => {
  const { account, app, owner } = await givenTeam();
  const second = await givenMember(account.id, "owner");
  const later = beijing("2026-12-01 09:00");
  await declareOwnApp(as(owner), { ...BLANK, appId: app.id, minors: CHILDREN, eea: NOWHERE });
  await declareOwnApp(as(second, later), { ...BLANK, appId: app.id, minors: GROWN });
  const { history, app: now } = await findOwnApp(as(owner), { appId: app.id });
  expect(now.declarations).toMatchObject({
    minors: { applies: false, revision: 2, answer: { isOfAge: true, isForChildren: false } },
    eea: { applies: false, revision: 1 },
  });
  const minors = history.filter(({ topic }) => topic === "minors");
  expect(minors).toMatchObject([
    { revision: 2, declaredAt: later, declaredByName: second.name },
    { revision: 1, declaredAt: NOW, declaredByName: owner.name, applies: true },
  ]);
  expect(await recordOf(app.id)).toEqual(["app.declared", "app.declared", "app.declared"]);
});

test("what is not answered is asked for at its field, and never taken for a no", async () => {
  const { app, owner } = await givenTeam();
  const declare = (given: object) =>
    declareOwnApp(as(owner), { ...BLANK, appId: app.id, ...given });
  await expect(declare({})).rejects.toThrow(Invalid);
  await expect(
    declare({ minors: { isForChildren: "yes" }, eea: { offers: "no" } }),
  ).rejects.toMatchObject({
    fields: {
      "minors.isOfAge": ["errors.field.required"],
      "minors.hasGuardianConsent": ["errors.field.required"],
      "eea.isEstablished": ["errors.field.required"],
      "eea.monitors": ["errors.field.required"],
    },
  });
  // Whoever says that it is not for children is not asked for the guardians, whatever was ticked before.
  await declare({ minors: { ...GROWN, hasGuardianConsent: "no" } });
  expect((await declared(owner, app.id)).minors?.answer).toEqual({
    ...{ isOfAge: true, isForChildren: false },
  });
});

test("only owners declare; nobody does for an account that is closed", async () => {
  const { account, app, owner, legal, viewer } = await givenTeam();
  const stranger = (await givenTeam()).owner;
  const wish = { ...BLANK, appId: app.id, eea: NOWHERE };
  for (const someone of [legal, viewer, stranger]) {
    await expect(declareOwnApp(as(someone), wish)).rejects.toThrow(NotFound);
    await expect(putOffDeclarations(as(someone), { accountId: account.id })).rejects.toThrow(
      NotFound,
    );
  }
  await expect(findOwnApp(as(stranger), { appId: app.id })).rejects.toThrow(NotFound);
  await db.update(accounts).set({ closedAt: NOW }).where(eq(accounts.id, account.id));
  await expect(declareOwnApp(as(owner), wish)).rejects.toThrow(Conflict);
  expect(await recordOf(app.id)).toEqual([]);
});

test("the other apps of the account may be declared alike, where they have declared nothing of it", async () => {
  const { app, other, owner } = await givenTeam();
  const ctx = as(owner);
  await declareOwnApp(ctx, { ...BLANK, appId: other.id, eea: { ...NOWHERE, offers: "yes" } });
  const both = { appId: app.id, minors: GROWN, eea: NOWHERE, others: true };
  await declareOwnApp(ctx, both);
  await declareOwnApp(ctx, both);
  expect(await declared(owner, other.id)).toMatchObject({
    minors: { applies: false, revision: 1 },
    eea: { applies: true, revision: 1 },
  });
  expect(await recordOf(other.id)).toEqual(["app.declared", "app.declared"]);
});

test("two owners who declare at the same moment do so one after the other", async () => {
  const { account, app, owner } = await givenTeam();
  const second = await givenMember(account.id, "owner");
  await Promise.all([
    declareOwnApp(as(owner), { ...BLANK, appId: app.id, minors: CHILDREN }),
    declareOwnApp(as(second), { ...BLANK, appId: app.id, minors: GROWN }),
  ]);
  const { history } = await findOwnApp(as(owner), { appId: app.id });
  expect(history.map(({ revision }) => revision)).toEqual([2, 1]);
});

test("the database changes and erases no declaration, and takes none that is half or contradicts itself", async () => {
  const { app, owner } = await givenTeam();
  await declareOwnApp(as(owner), { ...BLANK, appId: app.id, minors: CHILDREN });
  const row = { appId: app.id, revision: 9, declaredBy: owner.id, declaredAt: NOW };
  for (const attempt of [
    () => asOwner((own) => own.execute(sql`update app_declarations set applies = false`)),
    () => asOwner((own) => own.execute(sql`delete from app_declarations`)),
    () => asOwner((own) => own.execute(sql`truncate app_declarations`)),
    () =>
      db.update(appDeclarations).set({ applies: false }).where(eq(appDeclarations.appId, app.id)),
    () => db.delete(appDeclarations).where(eq(appDeclarations.appId, app.id)),
    () => db.execute(sql`truncate app_declarations`),
    () =>
      db.insert(appDeclarations).values({ ...row, topic: "minors", answer: {}, applies: false }),
    () =>
      db.insert(appDeclarations).values({
        ...{ ...row, topic: "eea", applies: false },
        answer: { isEstablished: false, offers: true, monitors: false },
      }),
  ])
    await expect(attempt()).rejects.toThrow();
  expect((await declared(owner, app.id)).minors).toMatchObject({ applies: true });
});

test("owners are reminded of what is undeclared until it is declared, closed or put off for thirty days", async () => {
  const { account, app, other, owner, legal } = await givenTeam();
  const waiting = (who: Person, now = NOW) => listUndeclared(as(who, now), {});
  expect(await waiting(owner)).toMatchObject([{ accountId: account.id, count: 2 }]);
  expect(await waiting(legal)).toEqual([]);
  await closeApp(as(await givenStaff("admin")), { appId: other.id });
  await declareOwnApp(as(owner), { ...BLANK, appId: app.id, minors: GROWN });
  expect(await waiting(owner)).toMatchObject([{ count: 1, appId: app.id, appName: app.name }]);
  for (let n = 0; n < 2; n += 1) await putOffDeclarations(as(owner), { accountId: account.id });
  expect(await waiting(owner)).toEqual([]);
  expect(await recordOf(account.id)).toEqual(["account.put_off_declarations"]);
  expect(await waiting(owner, beijing("2026-12-30 10:00"))).toMatchObject([{ count: 1 }]);
  await declareOwnApp(as(owner), { ...BLANK, appId: app.id, eea: NOWHERE });
  expect(await waiting(owner, beijing("2027-01-30 10:00"))).toEqual([]);
});

test("P37, P49: neither the console's sync nor an import wipes, overwrites or shows what was declared", async () => {
  const { account, product, app, owner } = await givenTeam();
  const { uin } = account;
  await declareOwnApp(as(owner), { ...BLANK, appId: app.id, minors: CHILDREN, eea: NOWHERE });
  const before = await findOwnApp(as(owner), { appId: app.id });
  const { etag } = await findSynced(CONSOLE, { uin });
  const sync = (revision: number, name: string) =>
    putAccount(CONSOLE, {
      ...{ uin, ifMatch: null },
      account: {
        ...{ revision, name: "青禾网络" },
        apps: [{ sdkAppId: app.sdkAppId, name, product: product.slug, apiOnly: true }],
      },
    });
  const { state } = await sync(1, "控制台的名字");
  expect(Object.keys(state.apps[0]!)).not.toContain("declarations");
  const admin = as(await givenStaff("admin"));
  const bytes = new TextEncoder().encode(
    `sdkappid,uin,name,product,api_only,platforms\n${app.sdkAppId},${uin},表格的名字,${product.slug},no,android:8.1.0\n`,
  );
  await importAccounts(admin, { bytes, ...(await previewImport(admin, { bytes })) });
  const after = await findOwnApp(as(owner), { appId: app.id });
  expect(after.app.name).toBe("表格的名字");
  expect(after.app.declarations).toEqual(before.app.declarations);
  expect(after.history).toEqual(before.history);
  // What an owner declares does not move what the console has seen, so its next write is not refused.
  const seen = await findSynced(CONSOLE, { uin });
  await declareOwnApp(as(owner), { ...BLANK, appId: app.id, minors: GROWN });
  expect((await findSynced(CONSOLE, { uin })).etag).toBe(seen.etag);
  expect(seen.etag).not.toBe(etag);
});

test("an app that an owner closed is opened again when the console's next change still lists it, on record, as declared", async () => {
  const { account, product, app, owner } = await givenTeam();
  await declareOwnApp(as(owner), { ...BLANK, appId: app.id, minors: CHILDREN });
  const sync = (revision: number) =>
    putAccount(CONSOLE, {
      ...{ uin: account.uin, ifMatch: null },
      account: {
        ...{ revision, name: account.name },
        apps: [{ sdkAppId: app.sdkAppId, name: "轻语", product: product.slug, apiOnly: true }],
      },
    });
  await sync(1);
  await saveOwnApp(as(owner), {
    ...{ appId: app.id, name: "所有者的名字", region: "sg", apiOnly: true, platforms: {} },
  });
  await closeOwnApp(as(owner), { appId: app.id });
  // The same again is nothing new of the console's, so what was done here stands.
  await sync(1);
  expect((await findOwnApp(as(owner), { appId: app.id })).app).toMatchObject({
    ...{ name: "所有者的名字", closedAt: NOW },
  });
  await sync(2);
  expect((await findOwnApp(as(owner), { appId: app.id })).app).toMatchObject({
    ...{ name: "轻语", closedAt: null, declarations: { minors: { applies: true } } },
  });
  const own = (await listOwnAccounts(as(owner), {})).rows[0]?.apps.rows ?? [];
  expect(own.find(({ id }) => id === app.id)).toMatchObject({ closedAt: null });
  expect((await recordOf(app.id)).slice(1)).toEqual(["app.saved", "app.closed", "app.saved"]);
});
