import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deregistrations } from "@/db/schema";
import { remindOfDeregistrations } from "@/jobs/due";
import { acting, beijing } from "@/tests/support/context";
import {
  carryOut,
  deregistrationOf,
  DUE_AT,
  freshly,
  givenCoolingOff,
  givenSmallAccount,
  isClosed,
} from "@/tests/support/deregistration";
import { givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { Conflict, Invalid, NotAllowed } from "../errors";
import { cancelDeregistration } from "./cancel";
import { pauseDeregistration, resumeDeregistration } from "./pause";

const handler = await givenStaff("handler");
const reason = "正在核对账单";

/** An account that cools off since 2026-11-02 10:00. */
async function givenCooling() {
  const { account, owner, member } = await givenSmallAccount();
  const { id, number } = await givenCoolingOff(account, owner);
  return { account, owner, member, id, number };
}

/** What the owners were told of it, in order. */
const toldOf = async (id: string) => {
  const rows = await db
    .select({ facts: broadcasts.facts })
    .from(broadcasts)
    .where(and(eq(broadcasts.kind, "deregistration_update"), eq(broadcasts.subjectId, id)))
    .orderBy(broadcasts.startedAt);
  return rows.map(({ facts }) => (facts as { event: string }).event);
};

describe("P33: operations hold a deregistration back, with a reason, and let it go on", () => {
  test("paused it is not carried out; going on, its owners have a day", async () => {
    const { account, id, number } = await givenCooling();
    const at = (moment: string) => acting(handler, moment);
    await expect(
      pauseDeregistration(at("2026-11-08 10:00"), { number, reason: " " }),
    ).rejects.toBeInstanceOf(Invalid);
    await pauseDeregistration(at("2026-11-08 10:00"), { number, reason });
    await pauseDeregistration(at("2026-11-08 11:00"), { number, reason: "另一个" });
    expect(await deregistrationOf(account.id)).toMatchObject({ pauseReason: reason });
    expect(await carryOut(id, "2026-11-20 10:00")).toBe("waiting");
    expect(await isClosed(account.id)).toBe(false);

    await resumeDeregistration(at("2026-11-20 12:00"), { number });
    await resumeDeregistration(at("2026-11-20 12:01"), { number });
    const { executeAfter, pausedAt } = await deregistrationOf(account.id);
    expect({ executeAfter, pausedAt }).toEqual({
      ...{ executeAfter: beijing("2026-11-21 12:00"), pausedAt: null },
    });
    expect(await carryOut(id, "2026-11-21 11:59")).toBe("not_due");
    expect(await toldOf(id)).toEqual(["requested", "paused", "resumed"]);
    expect(await carryOut(id, "2026-11-21 12:00")).toBe("completed");
    expect(await recordOf(id)).toEqual([
      "deregistration.requested",
      "deregistration.paused",
      "deregistration.resumed",
      "deregistration.completed",
    ]);
  });

  test("a paused one can still be cancelled, and one that is over not be paused", async () => {
    const { owner, id, number } = await givenCooling();
    await pauseDeregistration(acting(handler, "2026-11-03 10:00"), { number, reason });
    await cancelDeregistration(freshly(owner, "2026-11-04 10:00"), { id });
    await expect(
      pauseDeregistration(acting(handler, "2026-11-05 10:00"), { number, reason }),
    ).rejects.toBeInstanceOf(Conflict);
  });

  test("an auditor and the account's owner do not hold it back", async () => {
    const { owner, number } = await givenCooling();
    for (const other of [await givenStaff("auditor"), owner])
      await expect(
        pauseDeregistration(acting(other, "2026-11-03 10:00"), { number, reason }),
      ).rejects.toBeInstanceOf(NotAllowed);
  });

  test("the database itself keeps a pause whole", async () => {
    const { id } = await givenCooling();
    await expect(
      db.update(deregistrations).set({ pauseReason: "x" }).where(eq(deregistrations.id, id)),
    ).rejects.toThrow();
  });
});

describe("P33: the owners are reminded while there is time to cancel", () => {
  test("at half time and the day before, each once, however often the job runs", async () => {
    const { id } = await givenCooling();
    for (const moment of [
      ...["2026-11-05 21:59", "2026-11-05 22:00", "2026-11-05 22:01"],
      ...["2026-11-08 09:59", "2026-11-08 10:00", "2026-11-08 23:00", DUE_AT],
    ]) {
      await remindOfDeregistrations(beijing(moment));
    }
    expect(await toldOf(id)).toEqual(["requested", "reminded", "reminded"]);
    expect((await recordOf(id)).filter((one) => one === "deregistration.reminded")).toHaveLength(2);
  });

  test("a worker that stood still for days sends one, and none while it is paused", async () => {
    const late = await givenCooling();
    await remindOfDeregistrations(beijing("2026-11-09 09:00"));
    expect(await toldOf(late.id)).toEqual(["requested", "reminded"]);
    const paused = await givenCooling();
    await pauseDeregistration(acting(handler, "2026-11-03 10:00"), {
      number: paused.number,
      reason,
    });
    await remindOfDeregistrations(beijing("2026-11-08 12:00"));
    expect(await toldOf(paused.id)).toEqual(["requested", "paused"]);
  });
});
