import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, deregistrations, members } from "@/db/schema";
import type { Person } from "@/domain/context";
import { acting, beijing } from "@/tests/support/context";
import {
  ASKED_AT,
  askedFor,
  carryOut,
  deregistrationOf,
  DUE_AT,
  freshly,
  givenCoolingOff,
  givenSmallAccount,
  isClosed,
} from "@/tests/support/deregistration";
import { givenFiled } from "@/tests/support/filing";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { recordLength, recordOf } from "@/tests/support/record";
import { givenRequest } from "@/tests/support/requests";

import { noteOwnData, openOwnData } from "../access/own-data";
import { Conflict, Invalid, NotAllowed, NotFound } from "../errors";
import { cancelDeregistration } from "./cancel";
import { confirmDeregistration } from "./confirm";
import { listOwnDeregistrations, readOwnDeregistration } from "./read-own";
import { requestDeregistration } from "./request";
import { stateOf } from "./rules";

/** The steps the owners were told of, with whom. */
async function told(deregistrationId: string) {
  const rows = await db
    .select({
      event: sql<string>`${broadcasts.facts} ->> 'event'`,
      userId: deliveries.userId,
    })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(sql`${broadcasts.subjectId} = ${deregistrationId} and ${deliveries.channel} = 'email'`)
    .orderBy(broadcasts.startedAt, sql`${broadcasts}.ctid`);
  return rows;
}

describe("asking", () => {
  test("P33: an account with one owner cools off for exactly seven days, and its owner is told", async () => {
    const { account, owner } = await givenSmallAccount();

    const { number } = await requestDeregistration(freshly(owner, ASKED_AT), askedFor(account));

    const asked = await deregistrationOf(account.id);
    expect(number).toMatch(/^C-2026-\d{6}$/);
    expect(asked).toMatchObject({ number, status: "cooling_off", executeAfter: beijing(DUE_AT) });
    expect(await recordOf(asked.id)).toEqual(["deregistration.requested"]);
    expect(await told(asked.id)).toEqual([{ event: "requested", userId: owner.id }]);
  });

  test("P33: with a second owner nothing begins before they confirm", async () => {
    const { account, owner } = await givenSmallAccount();
    const second = await givenMember(account.id, "owner");

    await requestDeregistration(freshly(owner, ASKED_AT), askedFor(account));
    const asked = await deregistrationOf(account.id);
    expect(asked).toMatchObject({ status: "awaiting_owner", executeAfter: null });
    expect(await carryOut(asked.id, "2027-11-02 10:00")).toBe("not_due");

    await confirmDeregistration(freshly(second, "2026-11-04 09:00"), { id: asked.id });
    expect(await deregistrationOf(account.id)).toMatchObject({
      status: "cooling_off",
      confirmedBy: second.id,
      executeAfter: beijing("2026-11-11 09:00"),
    });
    expect((await told(asked.id)).map(({ event }) => event)).toEqual(
      expect.arrayContaining(["requested", "confirmed"]),
    );
  });

  test("the one who asked cannot confirm, a colleague neither, and the table itself refuses it", async () => {
    const { account, owner, member } = await givenSmallAccount();
    await givenMember(account.id, "owner");
    await requestDeregistration(freshly(owner, ASKED_AT), askedFor(account));
    const { id } = await deregistrationOf(account.id);

    await expect(confirmDeregistration(freshly(owner, ASKED_AT), { id })).rejects.toThrow(
      "deregistrations.errors.needsOther",
    );
    await expect(confirmDeregistration(freshly(member, ASKED_AT), { id })).rejects.toThrow(
      NotAllowed,
    );
    await expect(
      db.update(deregistrations).set({ confirmedBy: owner.id }).where(eq(deregistrations.id, id)),
    ).rejects.toMatchObject({ cause: { constraint: "a_second_owner_confirms" } });
  });

  test("only an owner asks; of a stranger's account nobody learns that it is there", async () => {
    const { account, member } = await givenSmallAccount();
    const legal = await givenMember(account.id, "legal");
    const other = await givenAccount();
    const stranger = await givenMember(other.id, "owner");
    const before = await recordLength();

    for (const colleague of [member, legal])
      await expect(
        requestDeregistration(freshly(colleague, ASKED_AT), askedFor(account)),
      ).rejects.toThrow(NotAllowed);
    await expect(
      requestDeregistration(freshly(stranger, ASKED_AT), askedFor(account)),
    ).rejects.toThrow(NotFound);
    for (const staff of [await givenStaff("admin"), await givenStaff("handler")])
      await expect(
        requestDeregistration(freshly(staff, ASKED_AT), askedFor(account)),
      ).rejects.toThrow(NotAllowed);
    expect(await recordLength()).toBe(before);
  });

  test("P33: a sign-in older than ten minutes, or none, is not enough", async () => {
    const { account, owner } = await givenSmallAccount();
    const second = await givenMember(account.id, "owner");

    for (const ctx of [freshly(owner, ASKED_AT, 11), acting(owner, ASKED_AT)])
      await expect(requestDeregistration(ctx, askedFor(account))).rejects.toThrow(
        "access.errors.staleSignIn",
      );
    await requestDeregistration(freshly(owner, ASKED_AT, 10), askedFor(account));
    const { id } = await deregistrationOf(account.id);
    await expect(confirmDeregistration(freshly(second, ASKED_AT, 11), { id })).rejects.toThrow(
      "access.errors.staleSignIn",
    );
  });

  test("P33: the name is typed to the letter; full width and blanks at the ends are forgiven", async () => {
    const { account, owner } = await givenSmallAccount();
    const named = { ...account, name: "Northwind 2号" };
    await db.execute(sql`update accounts set name = ${named.name} where id = ${account.id}`);
    const ask = (typedName: string) =>
      requestDeregistration(freshly(owner, ASKED_AT), { ...askedFor(account), typedName });

    for (const wrong of ["northwind 2号", "Northwind2号", "Northwind 2號", "Northwind 2\u200b号"])
      await expect(ask(wrong)).rejects.toMatchObject({
        fields: { typedName: ["deregistrations.errors.otherName"] },
        values: { name: named.name },
      });
    await ask("  Ｎｏｒｔｈｗｉｎｄ　２号 ");
    expect(await deregistrationOf(account.id)).toMatchObject({ status: "cooling_off" });
  });

  test("bad input gets a sentence at its field and changes nothing", async () => {
    const { account, owner } = await givenSmallAccount();
    const ask = (typedName: string, accountId = account.id) =>
      requestDeregistration(freshly(owner, ASKED_AT), {
        ...{ ...askedFor(account), accountId, typedName },
      });

    const bad: [string, string][] = [
      ["", "errors.field.required"],
      [" \u3000 ", "errors.field.required"],
      ["\u0000", "errors.field.unstorable"],
      ["\ud800", "errors.field.unstorable"],
      ["甲\n乙", "errors.field.oneLine"],
      ["长".repeat(1_000_000), "errors.field.tooLong"],
    ];
    for (const [typed, key] of bad)
      await expect(ask(typed)).rejects.toMatchObject({
        fields: { typedName: expect.arrayContaining([key]) },
      });
    for (const id of ["", "x", "00000000-0000-0000-0000-00000000000g"])
      await expect(ask(account.name, id)).rejects.toThrow(Invalid);
    await expect(
      requestDeregistration(freshly(owner, ASKED_AT), { ...askedFor(account), isSettled: false }),
    ).rejects.toMatchObject({ fields: { isSettled: ["deregistrations.errors.notSettled"] } });
    await expect(deregistrationOf(account.id)).rejects.toThrow("nobody asked");
  });

  test("fifty submits at once ask once", async () => {
    const { account, owner } = await givenSmallAccount();

    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        requestDeregistration(freshly(owner, ASKED_AT), askedFor(account)),
      ),
    );

    expect(new Set(answers.map(({ number }) => number)).size).toBe(1);
    const { id } = await deregistrationOf(account.id);
    expect(await told(id)).toHaveLength(1);
  });

  test("a second owner who asks as well is told that it has been asked", async () => {
    const { account, owner } = await givenSmallAccount();
    const second = await givenMember(account.id, "owner");
    await requestDeregistration(freshly(owner, ASKED_AT), askedFor(account));

    await expect(
      requestDeregistration(freshly(second, ASKED_AT), askedFor(account)),
    ).rejects.toThrow(Conflict);
  });
});

test("P33: that everything about the account was taken is seen where it would leave, once it was taken to the end", async () => {
  const { account, owner } = await givenSmallAccount();
  const ctx = freshly(owner, ASKED_AT);
  const takenAt = async () => {
    const elsewhere = { unansweredVersions: 0, openAdvice: 0 };
    return (await readOwnDeregistration(ctx, { accountId: account.id, elsewhere })).exportedAt;
  };
  const { whose } = await openOwnData(ctx, { accountId: account.id });
  expect(await takenAt()).toBeNull();
  await noteOwnData(ctx, { whose, rows: 3, files: 0 });
  expect(await takenAt()).toEqual(ctx.now);
});

describe("what has to be settled first", () => {
  test("P33: an open request blocks, with its number as the way out, until it is answered or withdrawn", async () => {
    const { account, owner } = await givenSmallAccount();
    const number = await givenFiled(owner, { capacity: "own", accountId: account.id });

    const seen = await readOwnDeregistration(freshly(owner, ASKED_AT), {
      accountId: account.id,
      elsewhere: { unansweredVersions: 0, openAdvice: 0 },
    });
    expect(seen.checks[0]).toMatchObject({ check: "own_requests", count: 1, numbers: [number] });
    await expect(
      requestDeregistration(freshly(owner, ASKED_AT), askedFor(account)),
    ).rejects.toThrow("deregistrations.errors.blocked");

    await db.execute(sql`update requests set status = 'withdrawn' where number = ${number}`);
    await requestDeregistration(freshly(owner, ASKED_AT), askedFor(account));
  });

  test("P29 P33: an end user's request that waits for the account blocks; one it has answered does not", async () => {
    const { account, owner } = await givenSmallAccount();
    const request = await givenRequest(null, {
      accountId: account.id,
      status: "with_developer",
      developerDueDate: "2026-12-01",
    });
    const ask = () => requestDeregistration(freshly(owner, ASKED_AT), askedFor(account));

    await expect(ask()).rejects.toThrow("deregistrations.errors.blocked");
    await db.execute(sql`update requests set status = 'in_progress' where id = ${request.id}`);
    await expect(ask()).resolves.toMatchObject({ number: expect.any(String) });
  });

  test("what comes up during the cooling-off holds the closing back until it is settled", async () => {
    const { account, owner } = await givenSmallAccount();
    const { id } = await givenCoolingOff(account, owner);
    const request = await givenRequest(null, {
      accountId: account.id,
      status: "with_developer",
      developerDueDate: "2026-12-01",
    });

    expect(await carryOut(id)).toBe("waiting");
    expect(await isClosed(account.id)).toBe(false);
    await db.execute(sql`update requests set status = 'in_progress' where id = ${request.id}`);
    expect(await carryOut(id)).toBe("completed");
  });

  test("apps in use and unanswered versions are pointed out and stand in nobody's way", async () => {
    const { account, owner } = await givenSmallAccount();
    const { checks, isBlocked } = await readOwnDeregistration(freshly(owner, ASKED_AT), {
      accountId: account.id,
      elsewhere: { unansweredVersions: 2, openAdvice: 3 },
    });
    const here = checks.filter(({ from }) => from === "portal");
    expect(here.map((check) => [check.check, stateOf(check)])).toEqual([
      ["own_requests", "passed"],
      ["routed_requests", "passed"],
      ["live_apps", "warning"],
      ["unanswered_versions", "warning"],
      ["security_advice", "warning"],
    ]);
    expect(isBlocked).toBe(false);
  });
});

describe("cancelling", () => {
  test("P33: any owner cancels with one click, freshly signed in or not, and twice is harmless", async () => {
    const { account, owner } = await givenSmallAccount();
    const second = await givenMember(account.id, "owner");
    const { id } = await givenCoolingOff(account, owner, second);

    for (let times = 0; times < 2; times += 1)
      await cancelDeregistration(acting(second, "2026-11-09 09:59"), { id });

    expect(await deregistrationOf(account.id)).toMatchObject({
      status: "cancelled",
      cancelledBy: second.id,
    });
    expect(await carryOut(id)).toBe("not_due");
    expect(await isClosed(account.id)).toBe(false);
    expect((await recordOf(id)).filter((action) => action.endsWith("cancelled"))).toHaveLength(1);
    expect((await told(id)).filter(({ event }) => event === "cancelled")).toHaveLength(2);
  });

  test("a member who is no owner cannot, and a stranger finds nothing", async () => {
    const { account, owner, member } = await givenSmallAccount();
    const { id } = await givenCoolingOff(account, owner);
    const stranger = await givenMember((await givenAccount()).id, "owner");

    await expect(cancelDeregistration(acting(member, ASKED_AT), { id })).rejects.toThrow(
      NotAllowed,
    );
    await expect(cancelDeregistration(acting(stranger, ASKED_AT), { id })).rejects.toThrow(
      NotFound,
    );
  });

  test("after it, an owner may ask anew, under a new number", async () => {
    const { account, owner } = await givenSmallAccount();
    const first = await givenCoolingOff(account, owner);
    await cancelDeregistration(acting(owner, "2026-11-03 10:00"), { id: first.id });

    const { number } = await requestDeregistration(
      freshly(owner, "2026-11-04 10:00"),
      askedFor(account),
    );
    expect(number).not.toBe(first.number);
  });

  test("it waits for the second owner; a cancelled one cannot be confirmed any more", async () => {
    const { account, owner } = await givenSmallAccount();
    const second = await givenMember(account.id, "owner");
    await requestDeregistration(freshly(owner, ASKED_AT), askedFor(account));
    const { id } = await deregistrationOf(account.id);
    const waits = async (person: Person) =>
      (await listOwnDeregistrations(acting(person, ASKED_AT), {})).map((one) => one.needsReader);
    expect([await waits(owner), await waits(second)]).toEqual([[false], [true]]);
    await cancelDeregistration(acting(owner, ASKED_AT), { id });

    await expect(confirmDeregistration(freshly(second, ASKED_AT), { id })).rejects.toThrow(
      "deregistrations.errors.cancelled",
    );
  });
});

test("every member sees that their account cools off; nobody else does", async () => {
  const { account, owner, member } = await givenSmallAccount();
  const { id } = await givenCoolingOff(account, owner);
  const stranger = await givenMember((await givenAccount()).id, "owner");

  expect(await listOwnDeregistrations(acting(member, ASKED_AT), {})).toMatchObject([
    { id, accountName: account.name, status: "cooling_off", isOwner: false },
  ]);
  expect(await listOwnDeregistrations(acting(stranger, ASKED_AT), {})).toEqual([]);
  await expect(
    readOwnDeregistration(acting(stranger, ASKED_AT), {
      accountId: account.id,
      elsewhere: { unansweredVersions: 0, openAdvice: 0 },
    }),
  ).rejects.toThrow(NotFound);
});

test("an owner who is no owner any more when the account is locked cannot ask", async () => {
  const { account, owner } = await givenSmallAccount();
  await givenMember(account.id, "owner");
  await db
    .update(members)
    .set({ leftAt: beijing("2026-11-01 10:00") })
    .where(eq(members.userId, owner.id));

  await expect(requestDeregistration(freshly(owner, ASKED_AT), askedFor(account))).rejects.toThrow(
    NotAllowed,
  );
});
