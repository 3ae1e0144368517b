import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { requestDecisions } from "@/db/schema";
import type { Person } from "@/domain/context";
import { acting, beijing } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import {
  asSeen,
  current,
  givenApproval,
  givenRequestDesk,
  givenFile,
  givenProposal,
  givenRouted,
  givenTaken,
  moveAs,
  told,
} from "@/tests/support/requests";

import { proposeDecision } from "./decide";
import { countQueue, listQueue } from "./list-queue";
import { routeToDeveloper, takeBack } from "./route";
import { readStaffRequest } from "./read-staff-request";
import { readReceipt } from "./receipt";
import { approveDecision } from "./review";
import { openRequestFile, showSubjects } from "./show-contents";

const { handler, colleague, approver, requester, filed } = await givenRequestDesk();

const at = (person: Person, time = "2026-03-04 09:00") => acting(person, time);

describe("P28, P29: an end user's request goes on to the developer", () => {
  test("both sides are told, the clock runs on, the handler may take it back", async () => {
    const request = await filed();
    await givenTaken(request, handler);
    const nowhere = { appId: randomUUID(), accountId: randomUUID() };
    await expect(
      routeToDeveloper(at(handler), { ...(await asSeen(request)), ...nowhere }),
    ).rejects.toMatchObject({ fields: { app: ["requests.errors.noSuchApp"] } });
    const { account, owner } = await givenRouted(request, handler);
    expect(await current(request)).toMatchObject({
      status: "with_developer",
      accountId: account.id,
      dueDate: request.dueDate,
    });
    expect((await told(request)).slice(-2).toSorted()).toEqual([
      "developer_asked",
      "with_developer",
    ]);
    const asked = await db.execute<{ user_id: string }>(sql`
      select d.user_id from deliveries d join broadcasts b on b.id = d.broadcast_id
      where b.subject_id = ${request.id} and b.facts ->> 'event' = 'developer_asked' and d.channel = 'inbox'`);
    expect(asked.rows.map(({ user_id }) => user_id)).toEqual([owner.id]);
    await takeBack(at(handler), await asSeen(request));
    expect((await current(request)).status).toBe("in_progress");
  });

  test("a developer's own request is not sent to the developer", async () => {
    const request = await filed({ requesterKind: "developer" });
    await givenTaken(request, handler);
    await expect(
      routeToDeveloper(at(handler), {
        ...(await asSeen(request)),
        ...{ appId: randomUUID(), accountId: randomUUID() },
      }),
    ).rejects.toThrow("requests.errors.developersOwn");
  });
});

describe("P38: child data comes first", () => {
  test("ahead of what is due earlier", async () => {
    await filed({ receivedAt: beijing("2026-01-12 09:00") });
    const child = await filed({ type: "child_data", receivedAt: beijing("2026-03-03 09:00") });
    const { rows } = await listQueue(at(handler), { view: "open" });
    expect(rows[0]?.number).toBe(child.number);
  });
});

describe("the queue", () => {
  test("shows the nearest breach first, and finds by ticket, number, view and type", async () => {
    const late = await filed({
      type: "copy",
      receivedAt: beijing("2026-01-05 09:00"),
      ticketNumber: "T-77%1",
    });
    await filed({ type: "copy", receivedAt: beijing("2026-03-03 09:00") });
    const queue = (input: Partial<Parameters<typeof listQueue>[1]>) =>
      listQueue(at(handler), { view: "open", type: "copy", ...input });
    const { rows, counts, nearest } = await queue({});
    expect(rows.map(({ dueDate }) => dueDate)).toEqual(
      rows.map(({ dueDate }) => dueDate).toSorted(),
    );
    expect(nearest).toMatchObject({ number: late.number });
    expect(counts.open).toBeGreaterThan(counts.overdue);
    // The desk counts what the tabs of the queue count, without a list.
    expect(await countQueue(at(handler), {})).toEqual(counts);
    // A child's request leads the list; the nearest day is still the nearest.
    const child = await filed({ type: "child_data", receivedAt: beijing("2026-03-04 08:00") });
    const all = await listQueue(at(handler), { view: "open" });
    expect(all.rows[0]).toMatchObject({ type: "child_data" });
    expect(all.nearest!.dueDate <= late.dueDate).toBe(true);
    expect(all.nearest!.number).not.toBe(child.number);
    for (const input of [{ text: "t-77%" }, { text: late.number }, { view: "overdue" as const }])
      expect((await queue(input)).rows.map(({ number }) => number)).toEqual([late.number]);
    expect((await queue({ text: "\u0000\ud800%_" })).rows).toEqual([]);
    await givenTaken(late, handler);
    expect((await queue({ view: "mine" })).rows).toHaveLength(1);
  });
});

describe("races", () => {
  test("decided and withdrawn at once: one wins, the other is told", async () => {
    for (let round = 0; round < 10; round++) {
      const request = await filed({ type: "consult" });
      await givenTaken(request, handler);
      const { decisionId } = await givenProposal(request, handler, { decision: "fulfilled" });
      const results = await Promise.allSettled([
        givenApproval(request, colleague, decisionId),
        moveAs(requester, request, { to: "withdrawn" }),
      ]);
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(["fulfilled", "withdrawn"]).toContain((await current(request)).status);
    }
  });

  test("approved 20 times at once: answered once", async () => {
    const request = await filed({ type: "consult" });
    await givenTaken(request, handler);
    const { decisionId } = await givenProposal(request, handler, { decision: "fulfilled" });
    const input = { ...(await asSeen(request)), decisionId };
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => approveDecision(at(approver), input)),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const answers = (await told(request)).filter((event) => event === "decided");
    expect(answers).toEqual(["decided"]);
  });

  test("proposed twice at once: one proposal waits", async () => {
    const request = await filed({ type: "consult" });
    await givenTaken(request, handler);
    const input = {
      ...(await asSeen(request)),
      decision: "fulfilled" as const,
      code: null,
      explanation: "好",
    };
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => proposeDecision(at(handler), input)),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const proposals = await db
      .select()
      .from(requestDecisions)
      .where(eq(requestDecisions.requestId, request.id));
    expect(proposals).toHaveLength(1);
  });
});

describe("a case is for its people alone", () => {
  test("by role: contents, identifiers and files", async () => {
    const request = await filed({ type: "consult" });
    const file = await givenFile(request, requester, "秘密");
    const staff = await Promise.all(
      (["author", "support", "admin", "approver", "auditor", "handler"] as const).map((role) =>
        givenStaff(role),
      ),
    );
    const opens = async (person: Person) => {
      const tries = await Promise.allSettled([
        readStaffRequest(at(person), request),
        showSubjects(at(person), request),
        openRequestFile(at(person), { number: request.number, fileId: file.id }),
      ]);
      return tries.map(({ status }) => status === "fulfilled");
    };
    for (const person of [requester, ...staff.slice(0, 4)])
      expect(await opens(person), person.name).toEqual([false, false, false]);
    for (const person of staff.slice(4))
      expect(await opens(person), person.name).toEqual([true, true, true]);

    await givenTaken(request, handler);
    await givenProposal(request, handler, { decision: "fulfilled" });
    expect(await opens(approver)).toEqual([true, true, true]);
    expect(
      (await listQueue(at(approver), { view: "open" })).rows.map(({ status }) => status),
    ).toEqual(expect.not.arrayContaining(["received", "in_progress"]));
  });

  test("P25: every view of a file and of the identifiers is on the record, sealed at rest", async () => {
    const request = await filed();
    const file = await givenFile(request, requester, "身份证");
    expect(await showSubjects(at(handler), request)).toEqual(["alice-0815", "bob-0816"]);
    const opened = await openRequestFile(at(handler), { number: request.number, fileId: file.id });
    expect(Buffer.from(opened.content).toString()).toBe("身份证");
    expect(await recordOf(request.id)).toEqual(["request.subjects_shown", "request.file_viewed"]);
    expect(JSON.stringify(await readStaffRequest(at(handler), request))).not.toContain(
      "alice-0815",
    );
    expect(file.content.toString("utf8")).not.toContain("身份证");
  });

  test("a file of another request, and an id that is none, are not found", async () => {
    const [one, other] = [await filed(), await filed()];
    const file = await givenFile(other, requester);
    for (const fileId of [file.id, "../../etc/passwd"])
      await expect(openRequestFile(at(handler), { number: one.number, fileId })).rejects.toThrow(
        "errors.notFound",
      );
  });

  test("a receipt is for its requester and the case's people", async () => {
    await expect(readReceipt(at(requester), { number: "R-2026-999999" })).rejects.toThrow(
      "errors.notFound",
    );
  });
});
