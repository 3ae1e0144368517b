import { readdirSync, readFileSync } from "node:fs";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { type Request, requests } from "@/db/schema";
import type { Person } from "@/domain/context";
import { acting, beijing } from "@/tests/support/context";
import { givenFiled } from "@/tests/support/filing";
import { recordOf } from "@/tests/support/record";
import {
  asSeen,
  current,
  givenRequestDesk,
  givenPlan,
  givenProposal,
  givenTaken,
  told,
  toldPeople,
} from "@/tests/support/requests";

import { confirmStop } from "./confirm-stop";
import { listQueue } from "./list-queue";
import { readOwnRequest } from "./read-own";

const FILED = "2026-03-02 09:00";
const { handler, colleague, requester: guardian } = await givenRequestDesk();

const at = (person: Person, time = "2026-03-03 12:00") => acting(person, time);

async function givenChildData(): Promise<Request> {
  const number = await givenFiled(guardian, {
    ...{ capacity: "guardian", type: "child_data", at: FILED },
  });
  const [request] = await db.select().from(requests).where(eq(requests.number, number));
  return request!;
}

const confirm = async (request: Request, wish: { by?: Person; stoppedAt?: string } = {}) =>
  confirmStop(at(wish.by ?? handler), {
    ...(await asSeen(request)),
    stoppedAt: `${wish.stoppedAt ?? "2026-03-03T11:30:00"}+08:00`,
    what: "账号已停用，不再收集、使用和推送。",
  });

describe("P38: child data leads the queue, its processing is ordered to stop at once and the stop is a person's word", () => {
  test("filed: the stop is ordered, and nobody is told that anything has stopped", async () => {
    const request = await givenChildData();
    expect(request.type).toBe("child_data");
    expect(await readOwnRequest(at(guardian), request)).toMatchObject({
      stopOrderedAt: beijing(FILED),
      ...{ stoppedAt: null, stopConfirmedAt: null, stopWords: null },
    });
    const { rows } = await listQueue(at(handler), { view: "unassigned" });
    expect(rows[0]?.type).toBe("child_data");
    expect((await toldPeople(request, "handler_filed")).toSorted()).toEqual(
      expect.arrayContaining([handler.id, colleague.id].toSorted()),
    );
    const other = await givenFiled(guardian, { type: "consult", at: FILED });
    expect((await readOwnRequest(at(guardian), { number: other })).stopOrderedAt).toBeNull();
    const resumed = db.update(requests).set({ stopOrderedAt: null });
    await expect(resumed.where(eq(requests.id, request.id))).rejects.toThrow();
  });

  test("confirmed by who handles it: what and when, on the record, told and read by the requester, for good", async () => {
    const request = await givenChildData();
    await expect(confirm(request)).rejects.toThrow("requests.errors.notYours");
    await givenTaken(request, handler);
    await expect(confirm(request, { by: colleague })).rejects.toThrow("requests.errors.notYours");
    await expect(confirm(request, { stoppedAt: "2026-03-03T12:01:00" })).rejects.toMatchObject({
      fields: { stoppedAt: ["requests.errors.stoppedLater"] },
    });
    await confirm(request);
    expect(await readOwnRequest(at(guardian), request)).toMatchObject({
      stoppedAt: beijing("2026-03-03 11:30"),
      stopConfirmedAt: beijing("2026-03-03 12:00"),
      stopWords: "账号已停用，不再收集、使用和推送。",
    });
    expect(await recordOf(request.id)).toContain("request.stop_confirmed");
    expect(await told(request)).toContain("stop_confirmed");
    await expect(confirm(request)).rejects.toThrow("requests.errors.movedOn");
    await expect(
      db.execute(sql`update requests set stopped_at = received_at where id = ${request.id}`),
    ).rejects.toThrow();
  });

  test("a deletion is not answered as done while its stop is unconfirmed; a refusal is", async () => {
    const request = await givenChildData();
    await givenTaken(request, handler);
    await givenPlan(request, handler);
    await expect(givenProposal(request, handler, { decision: "fulfilled" })).rejects.toMatchObject({
      fields: { decision: ["requests.errors.stopNotConfirmed"] },
    });
    await confirm(request);
    await givenProposal(request, handler, { decision: "fulfilled" });
    expect((await current(request)).status).toBe("in_review");
  });

  test("a stop is not confirmed where none was ordered", async () => {
    const number = await givenFiled(guardian, { type: "consult", at: FILED });
    const [request] = await db.select().from(requests).where(eq(requests.number, number));
    await givenTaken(request!, handler);
    await expect(confirm(request!)).rejects.toThrow("requests.errors.movedOn");
  });

  test("what earlier rows called a stop is carried over as the order it was", () => {
    const name = readdirSync("db/migrations").find((one) => one.endsWith("_ordered_stops.sql"));
    const carried = readFileSync(`db/migrations/${name}`, "utf8");
    expect(carried).toContain("SET stop_ordered_at = processing_stopped_at");
    expect(carried).not.toMatch(/SET stopped_at|SET stop_confirmed/);
  });
});
