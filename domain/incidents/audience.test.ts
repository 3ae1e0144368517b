import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { accounts, type AudienceRule, suppressions } from "@/db/schema";
import { DECLARATION_TOPICS } from "@/db/vocabulary/accounts";
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
} from "@/tests/support/notices";
import { asOwner } from "@/tests/support/owner";
import { givenAccount, givenDeclared, givenMember, givenProduct } from "@/tests/support/people";

import { affectedApps } from "./audience";
import { findNotice } from "./find-notice";
import { type RegisteredApp, whyLeftOut } from "./judge-app";
import { listAudience } from "./list-audience";
import { setAudience } from "./set-audience";
import { submitNotice } from "./submit-notice";

async function found(rule: AudienceRule) {
  const { rows } = await db.execute<{ app_id: string; reason: string }>(
    await affectedApps(db, rule),
  );
  return new Map(rows.map(({ app_id, reason }) => [app_id, reason]));
}

type Known = RegisteredApp & { id: string };

const VERSIONS = ["7.8.9", "7.9.1", "8.0.0", "8.0.1.2", "8.1.6122-beta.1", "8.x", "3.4.2"];
const SOME_PLATFORMS = ["android", "ios", "web"] as const;
const SOME_REGIONS = ["cn", "sg"] as const;

const anyApp = fc.record({
  region: fc.constantFrom(...SOME_REGIONS),
  apiOnly: fc.boolean(),
  platforms: fc.dictionary(fc.constantFrom(...SOME_PLATFORMS), fc.constantFrom(...VERSIONS)),
  closed: fc.boolean(),
  minors: fc.constantFrom(true, false, undefined),
  eea: fc.constantFrom(true, false, undefined),
});

let productId: string;
let known: Known[];

beforeAll(async () => {
  productId = (await givenProduct()).id;
  const houses = [await givenAccount(), await givenAccount()];
  const tags = [["金融", "VIP"], ["教育"]];
  for (const [index, { id }] of houses.entries())
    await db.update(accounts).set({ tags: tags[index]! }).where(eq(accounts.id, id));
  const shut = await givenAccount();
  known = [];
  const sample = fc.sample(anyApp, { numRuns: 60, seed: 20_261_125 });
  for (const [index, { minors, eea, ...app }] of sample.entries()) {
    const isShut = index % 10 === 0;
    const platforms = app.apiOnly ? {} : app.platforms;
    const account = isShut ? shut : houses[index % 2]!;
    const row = await givenApp({ ...app, platforms, accountId: account.id, productId });
    const said = { ...(minors !== undefined && { minors }), ...(eea !== undefined && { eea }) };
    await givenDeclared(row.id, said);
    known.push({
      ...{ declared: said, productId, tags: isShut ? [] : tags[index % 2]!, wasTold: false },
      id: row.id,
      sdkAppId: row.sdkAppId,
      region: app.region,
      apiOnly: app.apiOnly,
      platforms,
      isClosed: app.closed || isShut,
    });
  }
  await db.update(accounts).set({ closedAt: new Date() }).where(eq(accounts.id, shut.id));
});

const place = fc.nat(59);
const anyRule = fc.record({
  platforms: fc.subarray([...SOME_PLATFORMS]),
  versionRange: fc.constantFrom("", ">=7.9.0 <8.1.0", "8.x", ">8.0.1", "<0.0.1"),
  regions: fc.subarray([...SOME_REGIONS]),
  apiOnly: fc.boolean(),
  declared: fc.subarray([...DECLARATION_TOPICS]),
  tags: fc.option(fc.subarray(["金融", "VIP", "教育", "nobody"], { minLength: 1 })),
  named: fc.oneof(fc.constant<number[]>([]), fc.array(place, { maxLength: 5 })),
  excluded: fc.array(place, { maxLength: 5 }),
});

test("a rule finds exactly the apps that a naive look at each finds", async () => {
  const idsAt = (places: readonly number[]) => places.map((at) => known[at]!.sdkAppId);
  await fc.assert(
    fc.asyncProperty(anyRule, async ({ named, excluded, tags, ...given }) => {
      const rule: AudienceRule = {
        productId,
        ...{ ...given, ...(tags && { tags }) },
        sdkAppIds: idsAt(named),
        excludedSdkAppIds: idsAt(excluded),
      };
      const expected = known.filter((app) => !whyLeftOut(app, rule)).map(({ id }) => id);
      expect([...(await found(rule)).keys()].sort()).toEqual(expected.sort());
    }),
    { numRuns: 200, seed: 7 },
  );
});

async function givenDraft(visibility: "affected" | "restricted" = "affected") {
  const desk = await givenNoticeDesk();
  const { id: incidentId } = await givenIncident(desk, { visibility });
  const read = acting(desk.approver, NOTICE_DAY.approved);
  return { ...desk, incidentId, read };
}

test("P06: the count is exact: apps, accounts, people, each person once", async () => {
  const { read, ...desk } = await givenDraft();
  const { account, owner } = await givenAffected(desk.productId, {
    platforms: { android: "8.0.1" },
  });
  await givenApp({ accountId: account.id, productId: desk.productId, apiOnly: true });
  await givenAffected(desk.productId, { platforms: { ios: "8.0.0" } }, owner);
  await givenMember(account.id, "viewer");
  await givenContact(account.id, "security");
  await givenContact(account.id, "technical", false);
  await givenContact(account.id, "legal");
  const notice = await givenNotice(desk, { incidentId: desk.incidentId });

  const { measured } = await findNotice(read, { noticeId: notice.id });
  expect(measured).toMatchObject({ apps: 3, accounts: 2, people: 3, isEverybody: true });
});

test("a restricted notice goes to security contacts, and to the owners where there are none", async () => {
  const { read, ...desk } = await givenDraft("restricted");
  const one = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  await givenMember(one.account.id, "legal");
  await givenContact(one.account.id, "security");
  const two = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  await givenMember(two.account.id, "member");
  await givenContact(two.account.id, "technical");
  const notice = await givenNotice(desk, { incidentId: desk.incidentId });

  const { measured } = await findNotice(read, { noticeId: notice.id });
  expect(measured).toMatchObject({ accounts: 2, people: 2 });
});

test("who cannot be reached is named with the reason", async () => {
  const { read, ...desk } = await givenDraft();
  const bounced = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  await db
    .insert(suppressions)
    .values({ address: bounced.owner.email, reason: "bounced", since: new Date() });
  const empty = await givenAccount();
  const lonely = await givenApp({ accountId: empty.id, productId: desk.productId });
  const fine = await givenAffected(desk.productId, { apiOnly: true });
  const notice = await givenNotice(desk, { incidentId: desk.incidentId });

  const all = await listAudience(read, { noticeId: notice.id });
  const reachOf = new Map(all.rows.map(({ sdkAppId, unreached }) => [sdkAppId, unreached]));
  expect(reachOf).toEqual(
    new Map([
      [bounced.app.sdkAppId, "suppressed"],
      [lonely.sdkAppId, "nobody"],
      [fine.app.sdkAppId, null],
    ]),
  );
  expect(all).toMatchObject({ found: 3, unreachedAccounts: 2 });
  const unreached = await listAudience(read, { noticeId: notice.id, unreached: true });
  expect(unreached.found).toBe(2);
  const searched = await listAudience(read, { noticeId: notice.id, search: fine.account.name });
  expect(searched.rows.map(({ accountId }) => accountId)).toEqual([fine.account.id]);
  expect((await listAudience(read, { noticeId: notice.id, search: "%_\\'" })).rows).toEqual([]);
});

test("lines of a list that cannot be used are refused by number, or left out on request", async () => {
  const { read, ...desk } = await givenDraft();
  const { app, account } = await givenAffected(desk.productId, { apiOnly: true });
  const closed = await givenApp({ accountId: account.id, productId: desk.productId, closed: true });
  const elsewhere = await givenApp({ accountId: account.id, productId });
  const draft = await givenNotice(desk, { incidentId: desk.incidentId });
  const named = [
    app.sdkAppId,
    "14",
    "9999999999",
    closed.sdkAppId,
    elsewhere.sdkAppId,
    app.sdkAppId,
  ].join("\r\n");
  const ctx = acting(desk.author, NOTICE_DAY.written);

  await expect(setAudience(ctx, audienceForm(draft, { named }))).rejects.toMatchObject({
    fields: {
      named: ["wrong", "unknown", "otherProduct", "closed"].map(
        (one) => `notices.errors.ids.${one}`,
      ),
    },
    values: { wrongLines: "2", unknownLines: "3", closedLines: "4", otherProductLines: "5" },
  });
  const saved = await setAudience(ctx, audienceForm(draft, { named, leavesOut: true }));
  expect(saved).toMatchObject({ leftOut: 4, doubled: "6" });
  const { notice } = await findNotice(read, { noticeId: draft.id });
  expect(notice.audience.sdkAppIds).toEqual([app.sdkAppId]);
});

test("a list of versions reaches the apps of each of them, and what reaches nobody is refused", async () => {
  const desk = await givenDraft();
  const apps = [];
  for (const android of ["8.1.0", "7.9.1", "8.0.0"])
    apps.push(await givenAffected(desk.productId, { platforms: { android } }));
  const draft = await givenNotice(desk, { incidentId: desk.incidentId });
  const ctx = acting(desk.author, NOTICE_DAY.written);
  const ANDROID = { platforms: ["android" as const] };

  await expect(
    setAudience(ctx, audienceForm(draft, { ...ANDROID, versionRange: "8.1.0 7.9.1" })),
  ).rejects.toMatchObject({
    fields: { versionRange: ["notices.errors.audience.rangeNothing"] },
    values: { part: "8.1.0 7.9.1" },
  });
  await setAudience(ctx, audienceForm(draft, { ...ANDROID, versionRange: "8.1.0，7.9.1" }));
  const { notice } = await findNotice(desk.read, { noticeId: draft.id });
  expect(notice.audience.versionRange).toBe("8.1.0 || 7.9.1");
  const { rows } = await listAudience(desk.read, { noticeId: draft.id });
  expect(rows.map(({ accountId }) => accountId).toSorted()).toEqual(
    apps
      .slice(0, 2)
      .map(({ account }) => account.id)
      .toSorted(),
  );
});

test("a SDKAppID list that is no text, or went through a spreadsheet, is refused where it came from", async () => {
  const desk = await givenDraft();
  const draft = await givenNotice(desk, { incidentId: desk.incidentId });
  const ctx = acting(desk.author, NOTICE_DAY.written);
  const picture = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const byFile = (namedFile: Uint8Array<ArrayBuffer>, leavesOut = false) =>
    setAudience(ctx, { ...audienceForm(draft, { named: "1", leavesOut }), namedFile });

  await expect(byFile(picture)).rejects.toMatchObject({
    fields: { namedFile: ["lists.errors.file.binary"] },
  });
  await expect(
    byFile(new TextEncoder().encode("SDKAppID\n1.4E+09\n1400000001,1400000002\n")),
  ).rejects.toMatchObject({
    fields: { namedFile: ["lists.errors.several", "lists.errors.shortened"] },
    values: { severalLines: "3", shortenedLines: "2", column: "SDKAppID" },
  });
  const twoColumns = new TextEncoder().encode("SDKAppID,SDKAppID\n1400000001,1400000002\n");
  await expect(byFile(twoColumns, true)).rejects.toMatchObject({
    fields: { namedFile: ["lists.errors.repeated"] },
  });
});

test("a range that is none, an API without a version, and an empty list are refused at their field", async () => {
  const desk = await givenDraft();
  const draft = await givenNotice(desk, { incidentId: desk.incidentId });
  const ctx = acting(desk.author, NOTICE_DAY.written);
  const refused = (wish: Parameters<typeof audienceForm>[1], more = {}) =>
    expect(setAudience(ctx, { ...audienceForm(draft, wish), ...more })).rejects.toMatchObject({
      code: "invalid",
    });
  await refused({ versionRange: "从 7.9 起" });
  await refused({ versionRange: "\u202e>=1" });
  await refused({ versionRange: "<8", apiOnly: true });
  await refused({}, { by: "list", named: "\n\n" });
  await refused({ named: "1400001287\u0000" });
});

test("a hundred thousand apps are counted and listed sooner than they are written", async () => {
  const { read, ...desk } = await givenDraft();
  const begun = performance.now();
  await asOwner((own) =>
    own.execute(sql`
    with houses as (
      insert into accounts (uin, name, created_at)
      select 'many-' || n, '账号 ' || n, now() from generate_series(1, 20000) n returning id, uin
    ), people as (
      insert into users (email, name, created_at)
      select 'many' || n || '@crowd.example', '人', now() from generate_series(1, 20000) n returning id, email
    ), joined as (
      insert into members (account_id, user_id, role, joined_at)
      select h.id, p.id, 'owner', now()
      from houses h join people p on p.email = 'many' || substr(h.uin, 6) || '@crowd.example'
    ), a as (
      insert into apps (account_id, product_id, sdk_app_id, name, created_at)
      select h.id, ${desk.productId}, '2' || lpad((substr(h.uin, 6)::int * 5 + k)::text, 9, '0'), '应用', now()
      from houses h, generate_series(0, 4) k returning id, sdk_app_id
    )
    insert into app_platforms (app_id, platform, sdk_version)
    select id, 'android', '7.' || (sdk_app_id::bigint % 10) || '.' || (sdk_app_id::bigint % 300) from a`),
  );
  await asOwner((own) => own.execute(sql`analyze`));
  const written = performance.now() - begun;
  const notice = await givenNotice(desk, {
    incidentId: desk.incidentId,
    audience: { versionRange: ">=7.5.0", platforms: ["android"] },
  });

  const started = performance.now();
  const { measured } = await findNotice(read, { noticeId: notice.id });
  const counted = performance.now();
  const page = await listAudience(read, { noticeId: notice.id });
  const listed = performance.now();

  expect(measured.apps).toBe(50_000);
  expect(measured.people).toBe(10_000);
  expect(page.rows).toHaveLength(50);
  // Measured by the same database in the same minute: a busy machine is slow in both.
  process.stdout.write(
    `written: ${Math.round(written)} ms, counted: ${Math.round(counted - started)} ms, listed: ${Math.round(listed - counted)} ms\n`,
  );
  expect(counted - started).toBeLessThan(written);
  expect(listed - counted).toBeLessThan(written);
}, 120_000);

test("P19: a new notice and a new announcement begin with nobody, and everybody is a choice of its own", async () => {
  const desk = await givenNoticeDesk();
  await givenAffected(desk.productId, { platforms: { android: "8.0.0" } });
  const { id: incidentId } = await givenIncident(desk, { visibility: "public" });
  const first = await givenNotice(desk, { incidentId, audience: null });
  const announcement = await givenAnnouncement(desk, { audience: null, visibility: "public" });
  const ctx = acting(desk.author, NOTICE_DAY.written);
  for (const { id, revision } of [first, announcement]) {
    const noticeId = id;
    const { measured, missing } = await findNotice(ctx, { noticeId });
    expect(measured).toMatchObject({ apps: 0, people: 0, isEverybody: false, allApps: 1 });
    expect(missing).toEqual({ audience: ["notices.errors.audience.undecided"] });
    await expect(submitNotice(ctx, { noticeId, revision })).rejects.toMatchObject({
      fields: { audience: ["notices.errors.audience.undecided"] },
    });
    const empty = { ...audienceForm({ id, revision }), by: "rule" as const };
    await expect(setAudience(ctx, empty)).rejects.toMatchObject({
      fields: { by: ["notices.errors.audience.nothingChosen"] },
    });
    await setAudience(ctx, audienceForm({ id, revision }));
    const chosen = await findNotice(ctx, { noticeId });
    expect(chosen.measured).toMatchObject({ apps: 1, people: 1, isEverybody: true });
    expect(chosen.missing).toEqual({});
  }
});
