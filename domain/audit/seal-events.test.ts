import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { auditEntries, providerEvents, securityEvents } from "@/db/schema";
import { beijing } from "@/tests/support/context";
import { givenPerson } from "@/tests/support/people";

import { asJob } from "../context";
import { erasePeople, eraseWaysIn } from "../retention/erase-people";
import { checkEvents, sealEvents } from "./seal-events";

const at = (time: string) => asJob("seal-events", beijing(`2026-03-02 ${time}`));
const sealAt = (time: string) => sealEvents(at(time), {});
const wrong = () => checkEvents(at("23:00"), { keptSince: beijing("2026-01-01") });

async function report(id: string, time: string, type = "email.delivered") {
  const moment = beijing(`2026-03-02 ${time}`);
  await db.insert(providerEvents).values({
    ...{ id, type, providerId: `mail-${id}`, occurredAt: moment, receivedAt: moment },
    detail: "550 no such mailbox",
  });
}

test("what providers reported and who was refused what is sealed by one hash each, and names nobody", async () => {
  const { id: userId } = await givenPerson("林悦");
  await report("one", "09:00");
  await report("two", "09:01", "email.bounced");
  await db.insert(securityEvents).values({
    ...{ at: beijing("2026-03-02 09:02"), kind: "refused", userId, network: "192.0.2.0/24" },
    ...{ device: "Chrome · Windows", what: "/ops/audit" },
  });
  await report("late", "10:00");
  expect(await sealAt("10:05")).toBe(3);
  expect(await sealAt("10:06")).toBe(0);
  expect(await sealAt("10:10")).toBe(1);
  const entries = await db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, "record.events_sealed"))
    .orderBy(auditEntries.seq);
  expect(entries.map(({ after }) => after)).toMatchObject([
    { source: "provider_reports", from: null, count: 2 },
    { source: "refusals", from: null, count: 1 },
    { source: "provider_reports", from: entries[0]?.after && expect.any(String), count: 1 },
  ]);
  expect(JSON.stringify(entries)).not.toMatch(new RegExp(`${userId}|192|mailbox|ops/audit`));
  expect(await wrong()).toEqual([]);

  // What may be erased is no part of it; what was reported is.
  await db.execute(sql`update provider_events set detail = null`);
  expect(await wrong()).toEqual([]);
  const seq = entries[0]?.seq;
  for (const change of [
    sql`update provider_events set type = 'email.delivered' where id = 'two'`,
    sql`delete from provider_events where id = 'one'`,
    sql`insert into provider_events (id, type, occurred_at, received_at)
      select 'more', 'email.delivered', received_at, received_at from provider_events where id = 'one'`,
  ]) {
    const undone = db.transaction(async (tx) => {
      await tx.execute(change);
      expect(
        await checkEvents({ ...at("23:00"), tx }, { keptSince: beijing("2026-01-01") }),
      ).toEqual([{ seq, source: "provider_reports" }]);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
  }
});

test("two workers at once seal each event once", async () => {
  await report("three", "11:00");
  const both = await Promise.all([sealAt("12:00"), sealAt("12:00")]);
  expect(both.toSorted()).toEqual([0, 1]);
});

test("an erased person's refusals go from it and are no fault; one that is changed or added still is", async () => {
  const [leaver, stays] = [await givenPerson("周"), await givenPerson("吴")];
  for (const { id: userId } of [leaver, stays])
    await db.insert(securityEvents).values({
      ...{ at: beijing("2026-03-02 13:00"), kind: "refused", userId, network: "192.0.2.0/24" },
      ...{ device: "Chrome · Windows", what: "/ops/audit" },
    });
  await sealAt("14:00");
  const gone = db.transaction(async (tx) => {
    await tx.delete(securityEvents).where(eq(securityEvents.userId, leaver.id));
    expect(await checkEvents({ ...at("23:00"), tx }, { keptSince: beijing("2026-01-01") })).toEqual(
      [{ seq: expect.any(Number), source: "refusals" }],
    );
    throw new Error("undone");
  });
  await expect(gone).rejects.toThrow("undone");

  await db.transaction(async (tx) => {
    await eraseWaysIn(tx, [leaver]);
    await erasePeople(tx, { leavers: [leaver], now: beijing("2026-03-02 15:00") });
  });
  expect(await wrong()).toEqual([]);
  await db.execute(sql`
    insert into security_events (at, kind, user_id, network, device, what)
    select at, kind, user_id, network, device, '/ops/staff' from security_events, generate_series(1, 2)
    where user_id = ${stays.id}`);
  expect(await wrong()).toMatchObject([{ source: "refusals" }]);
});
