import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { accounts, auditEntries, broadcasts, deliveries, mailRoutes } from "@/db/schema";
import type { HomeRegion } from "@/db/vocabulary/routes";
import { renderPlainly, tellPerson, tellProduct } from "@/tests/support/broadcasts";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { resetDatabase } from "@/tests/support/reset-database";

import { type Person, asJob } from "../context";
import { listWaitingReviews } from "../reviews/waiting";
import { pairsOf } from "./audience";
import { decideMailRoute } from "./decide-mail-route";
import { findBroadcast } from "./find";
import { finishBroadcasts } from "./finish";
import { freezeNextBatches } from "./freeze-batch";
import { foreseeMails, listMailRoutes } from "./mail-routes";
import { proposeMailRoute } from "./propose-mail-route";
import { reconcile } from "./reconcile";

const DAY = "2026-11-20 09:00";
let author: Person;
let approver: Person;
let productId: string;

beforeEach(async () => {
  await resetDatabase();
  [author, approver] = [await givenStaff("author"), await givenStaff("approver")];
  productId = (await givenProduct()).id;
});

const by = (person: Person) => acting(person, DAY);

/** An account at home there, whose one app integrates the product, with an owner. */
async function givenHome(homeRegion: HomeRegion | null, person?: Person) {
  const account = await givenAccount({ productId });
  await db.update(accounts).set({ homeRegion }).where(eq(accounts.id, account.id));
  const owner = await givenMember(account.id, "owner", person && { also: person });
  return { account, owner };
}

type Given = Partial<Parameters<typeof proposeMailRoute>[1]>;

const propose = (given: Given) =>
  proposeMailRoute(by(author), { region: "cn", route: "resend", ...given });

async function decide(decision: "approved" | "rejected" = "approved", reason = "") {
  const { waiting } = await listMailRoutes(by(author), {});
  const routeId = waiting[0]?.row.id ?? "";
  await decideMailRoute(by(approver), { routeId, decision, reason });
  return routeId;
}

const BASIS: Given = {
  ...{ basis: "standard_contract", basisNumber: "粤标备 2026-18", basisDay: "2026-10-08" },
};

const tell = () => tellProduct(by(approver), productId);

const mailsOf = async (broadcastId: string) => {
  const rows = await db.select().from(deliveries).where(eq(deliveries.broadcastId, broadcastId));
  return rows.filter(({ channel }) => channel === "email");
};

test("P15: of an account in mainland China nothing reaches a provider abroad without a recorded basis", async () => {
  const cn = await givenHome("cn");
  const other = await givenHome("other");
  expect(await foreseeMails(db, pairsOf({ productId }))).toEqual({
    withheld: [{ region: "cn", cause: "no_basis", mails: 1 }],
    asBefore: 0,
  });

  const { id } = await tell();
  const mails = await mailsOf(id);
  const mailTo = (userId: string) => mails.find((mail) => mail.userId === userId);
  expect(mailTo(cn.owner.id)).toMatchObject({
    status: "suppressed",
    reason: "no_route:cn:no_basis",
  });
  expect(mailTo(other.owner.id)).toMatchObject({ status: "queued", reason: null });
  await renderPlainly(new Date());
  const job = asJob("deliver-mails", new Date());
  expect(await freezeNextBatches(job, { from: "a <a@b.example>" })).toBe(1);
  const told = await findBroadcast(by(author), { id });
  expect(told.withheld).toEqual([{ region: "cn", cause: "no_basis", mails: 1 }]);
  const inbox = await db.$count(
    deliveries,
    sql`user_id = ${cn.owner.id} and broadcast_id = ${id} and channel = 'inbox' and status = 'placed'`,
  );
  expect(inbox).toBe(1);
});

test("P15: books are reconciled with what was withheld counted apart, and a withheld mail that left is found", async () => {
  await givenHome("eea");
  const { id } = await tell();
  await finishBroadcasts(asJob("deliver-mails", new Date()), {});
  const good = await reconcile(by(author), { id });
  expect(good).toMatchObject({ agrees: true, withheld: 1, mails: 1 });
  await db
    .update(deliveries)
    .set({ providerId: "left-anyway" })
    .where(sql`broadcast_id = ${id} and channel = 'email'`);
  const { checks } = await reconcile(by(author), { id });
  expect(checks).toContainEqual({ what: "withheld", expected: 0, found: 1 });
});

test("with a basis that one person recorded and another approved they leave, and the telling says by which", async () => {
  const { owner } = await givenHome("cn");
  await propose(BASIS);
  const waiting = await listWaitingReviews(by(approver), {});
  expect(waiting.rows).toMatchObject([{ kind: "route" }]);
  expect((await mailsOf((await tell()).id))[0]?.status).toBe("suppressed");
  const routeId = await decide();
  expect(await recordOf(routeId)).toEqual(["mail_route.proposed", "mail_route.approved"]);

  const { id } = await tell();
  expect(await mailsOf(id)).toMatchObject([{ userId: owner.id, status: "queued", route: null }]);
  const frozen = {
    ...{ id: routeId, route: "resend", storedIn: "US", refused: null },
    basis: { way: "standard_contract", number: "粤标备 2026-18", day: "2026-10-08" },
  };
  const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.id, id));
  expect(broadcast?.routes?.cn).toEqual(frozen);
  const [entry] = await db
    .select()
    .from(auditEntries)
    .where(sql`subject_id = ${id} and action = 'broadcast.started'`);
  expect(entry?.after).toMatchObject({ routes: { cn: frozen, eea: { refused: "no_basis" } } });
  await expect(
    db.update(broadcasts).set({ routes: null }).where(eq(broadcasts.id, id)),
  ).rejects.toThrow();
  await expect(
    db.update(mailRoutes).set({ basisNumber: "另一个" }).where(eq(mailRoutes.id, routeId)),
  ).rejects.toThrow();
});

test("what is decided later changes nothing that has started", async () => {
  await givenHome("other");
  const { id } = await tell();
  await propose({ region: "other", route: "inbox_only" });
  await decide();
  expect(await mailsOf(id)).toMatchObject([{ status: "queued" }]);
  expect(await mailsOf((await tell()).id)).toMatchObject([
    { status: "suppressed", reason: "no_route:other:inbox_only" },
  ]);
});

test("P15: who is told for accounts of several regions is of the strictest", async () => {
  const { owner } = await givenHome("other");
  await givenHome("cn", owner);
  expect(await mailsOf((await tell()).id)).toMatchObject([{ reason: "no_route:cn:no_basis" }]);
});

test("where nobody has said a region, mails leave as before until the route of these is decided, and whoever tells is shown how many", async () => {
  await givenHome(null);
  const foreseen = () => foreseeMails(db, pairsOf({ productId }));
  expect(await foreseen()).toEqual({ withheld: [], asBefore: 1 });
  expect(await mailsOf((await tell()).id)).toMatchObject([{ status: "queued" }]);
  await propose({ region: "unstated" });
  await decide();
  expect(await foreseen()).toEqual({
    withheld: [{ region: "unstated", cause: "no_basis", mails: 1 }],
    asBefore: 0,
  });
  expect(await mailsOf((await tell()).id)).toMatchObject([
    { reason: "no_route:unstated:no_basis" },
  ]);
  const { regions } = await listMailRoutes(by(author), {});
  expect(regions.find(({ region }) => region === "unstated")).toMatchObject({
    ...{ accounts: 1, refused: "no_basis", route: "resend" },
  });
});

test("P15: accounts without a region may be treated as a region's by two people: they go by its route, as it changes", async () => {
  await givenHome(null);
  await propose({ region: "unstated", route: "as_cn" });
  expect(await mailsOf((await tell()).id)).toMatchObject([{ status: "queued" }]);
  const routeId = await decide();
  expect(await mailsOf((await tell()).id)).toMatchObject([
    { status: "suppressed", reason: "no_route:unstated:no_basis" },
  ]);
  await propose(BASIS);
  await decide();
  const { id } = await tell();
  expect(await mailsOf(id)).toMatchObject([{ status: "queued" }]);
  const frozen = {
    id: routeId,
    treatedAs: "cn",
    basis: { number: "粤标备 2026-18" },
    refused: null,
  };
  const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.id, id));
  expect(broadcast?.routes?.unstated).toMatchObject(frozen);
  const entries = await db
    .select()
    .from(auditEntries)
    .where(sql`action = 'mail_route.approved' and subject_id = ${routeId}
      or action = 'broadcast.started' and subject_id = ${id}`)
    .orderBy(auditEntries.seq);
  expect(entries.map(({ after }) => after)).toMatchObject([
    { region: "unstated", treatedAs: "cn" },
    { routes: { unstated: frozen } },
  ]);
});

test("treated as at home where no law asks for a basis, they leave, and nothing is warned of", async () => {
  await givenHome(null);
  await propose({ region: "unstated", route: "as_other" });
  await decide();
  expect(await mailsOf((await tell()).id)).toMatchObject([{ status: "queued" }]);
  const { regions } = await listMailRoutes(by(author), {});
  expect(regions.find(({ region }) => region === "unstated")).toMatchObject({
    ...{ treatedAs: "other", refused: null, route: "resend" },
  });
});

test("the database treats nobody as another whose region is known, and a worker that does not know of it lets none leave", async () => {
  await propose({ region: "unstated", route: "as_other" });
  expect(await db.select().from(mailRoutes)).toMatchObject([{ route: "inbox_only" }]);
  await expect(db.update(mailRoutes).set({ region: "cn" })).rejects.toThrow();
});

test("what a person asked for leaves also where nothing else does", async () => {
  const { owner } = await givenHome("cn");
  const { id } = await tellPerson(by(approver), owner.id);
  expect(await mailsOf(id)).toMatchObject([{ status: "queued" }]);
});

test("P41: an account that a mandatory notice cannot be mailed to is a task, and nobody else of it is tried", async () => {
  const { account } = await givenHome("cn");
  await givenMember(account.id, "legal");
  const { id } = await tell();
  const before = await db.$count(deliveries, eq(deliveries.broadcastId, id));
  await finishBroadcasts(asJob("deliver-mails", new Date()), {});
  expect(await db.$count(deliveries, eq(deliveries.broadcastId, id))).toBe(before);
  expect((await findBroadcast(by(author), { id })).unreachedAccounts).toBe(1);
});

test("an SMTP route without its server is refused with that cause", async () => {
  await givenHome("cn");
  await propose({ region: "cn", route: "smtp", storedIn: "cn" });
  await decide();
  expect(await mailsOf((await tell()).id)).toMatchObject([{ reason: "no_route:cn:not_set" }]);
});

const AS_CN: Given = { region: "unstated", route: "as_cn" };
const WRONG: [string, Given, string][] = [
  ["a basis where none is needed", { region: "other", ...BASIS }, "basis"],
  ["a basis of another law", { region: "eea", basis: "security_assessment" }, "basis"],
  ["a basis without its number", { ...BASIS, basisNumber: null }, "basisNumber"],
  ["a basis without its day", { ...BASIS, basisDay: null }, "basisDay"],
  ["a day ahead", { ...BASIS, basisDay: "2026-11-21" }, "basisDay"],
  ["an exemption without its article", { basis: "exempt", basisDay: "2026-10-08" }, "note"],
  ["an SMTP server without a country", { route: "smtp" }, "storedIn"],
  ["a region that is known, treated as another", { region: "cn", route: "as_other" }, "route"],
  ["a basis of its own for what goes by another's", { ...AS_CN, ...BASIS }, "basis"],
  ["a country that is none", { route: "smtp", storedIn: "ZZ" }, "storedIn"],
  ["Resend elsewhere than it is", { storedIn: "CN" }, "storedIn"],
];

test.each(WRONG)("%s is refused at its field", async (_, given, field) => {
  await expect(propose(given)).rejects.toMatchObject({ fields: { [field]: [expect.any(String)] } });
  expect(await db.$count(mailRoutes)).toBe(0);
});

test("one change of a region waits at a time; nobody decides on their own; who turns it down says why", async () => {
  // Also where they come at once.
  const atOnce = await Promise.allSettled([propose({ region: "cn" }), propose({ region: "cn" })]);
  expect(atOnce.filter(({ status }) => status === "rejected")).toMatchObject([
    { reason: { code: "conflict" } },
  ]);
  await expect(propose({ region: "cn" })).rejects.toMatchObject({ code: "conflict" });
  const { waiting } = await listMailRoutes(by(author), {});
  const routeId = waiting[0]?.row.id ?? "";
  const both = { ...author, staffRoles: ["author", "approver"] } as Person;
  const own = { routeId, decision: "approved", reason: "" } as const;
  await expect(decideMailRoute(by(both), own)).rejects.toMatchObject({ code: "conflict" });
  await expect(
    db.update(mailRoutes).set({
      ...{ decision: "approved", decidedBy: author.id, decidedAt: new Date() },
    }),
  ).rejects.toThrow();
  await expect(decide("rejected")).rejects.toMatchObject({ code: "invalid" });
  await decide("rejected", "先取得备案");
  expect(await recordOf(routeId)).toEqual(["mail_route.proposed", "mail_route.refused"]);
  await expect(propose({ region: "cn" })).resolves.toBeUndefined();
  const support = await givenStaff("support");
  await expect(
    proposeMailRoute(by(support), { region: "eea", route: "resend" }),
  ).rejects.toMatchObject({ code: "not_allowed" });
});
