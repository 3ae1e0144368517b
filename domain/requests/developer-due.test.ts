import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { requests } from "@/db/schema";
import { countUnread } from "@/domain/inbox/list";
import { acting, beijing } from "@/tests/support/context";
import {
  asSeen,
  current,
  givenRequestDesk,
  givenRequest,
  givenRouted,
} from "@/tests/support/requests";

import { readOwnPart } from "../access/own-data";
import { NotFound } from "../errors";
import { answerAsDeveloper, readDeveloperTask } from "./developer-task";
import { computeDeveloperDueDate } from "./developer-due";
import { listQueue } from "./list-queue";
import { readStaffRequest } from "./read-staff-request";
import { openOwnFile } from "./open-own-file";
import { listRoutedRequests, readOwnRequest } from "./read-own";
import { takeBack } from "./route";
import { openRequestFile } from "./show-contents";
import { noteOnRequest } from "./write";

const { handler, requester } = await givenRequestDesk();

test.each([
  ["five working days on", "2026-03-23", "2026-03-10"],
  ["not beyond the request's own day", "2026-03-06", "2026-03-06"],
  ["the next working day, where the request is late already", "2026-02-20", "2026-03-04"],
])("P28: a developer answers by a day of their own: %s", async (_, dueDate, expected) => {
  expect(await computeDeveloperDueDate(db, { dueDate }, beijing("2026-03-03 10:00"))).toBe(
    expected,
  );
});

test("P28: the day stands before the developer and the handler, and lateness is marked for both", async () => {
  const request = await givenRequest(requester.id);
  const { owner } = await givenRouted(request, handler);
  const onTime = "2026-03-10 23:00";
  const late = "2026-03-11 00:30";
  for (const [time, isLate] of [
    [onTime, false],
    [late, true],
  ] as const) {
    expect(await readDeveloperTask(acting(owner, time), request)).toMatchObject({
      ...{ dueDate: "2026-03-10", requestDueDate: "2026-03-23" },
      ...{ isOverdue: isLate, state: "waiting" },
    });
    const routed = await listRoutedRequests(acting(owner, time), { shelf: "waiting" });
    expect(routed.rows[0]).toMatchObject({ dueDate: "2026-03-10", isOverdue: isLate });
    expect(await readStaffRequest(acting(handler, time), request)).toMatchObject({
      ...{ developerDueDate: "2026-03-10", isDeveloperLate: isLate, isOverdue: false },
    });
    const { rows } = await listQueue(acting(handler, time), { view: "open", text: request.number });
    expect(rows[0]?.isDeveloperLate).toBe(isLate);
  }
});

test("P28: a task that was taken back is not called answered; what asked is read once it is answered", async () => {
  const [answered, fetched] = [await givenRequest(requester.id), await givenRequest(requester.id)];
  const { owner } = await givenRouted(answered, handler);
  expect(await countUnread(acting(owner, "2026-03-05 09:00"), {})).toBe(1);
  await answerAsDeveloper(acting(owner, "2026-03-05 10:00"), {
    number: answered.number,
    ...{
      answer: "handled",
      text: "已于 3 月 4 日删除。",
    },
  });
  expect(await readDeveloperTask(acting(owner, "2026-03-06 10:00"), answered)).toMatchObject({
    ...{ state: "answered", endedAt: beijing("2026-03-05 10:00"), isOverdue: false },
    answers: [
      {
        by: owner.name,
        at: beijing("2026-03-05 10:00"),
        answer: "handled",
        words: "已于 3 月 4 日删除。",
      },
    ],
  });
  expect(await countUnread(acting(owner, "2026-03-06 10:00"), {})).toBe(0);
  const { messages } = await readStaffRequest(acting(handler, "2026-03-06 10:00"), answered);
  expect(messages.map(({ developer }) => developer)).toMatchObject([
    { by: owner.name, answer: "handled", words: "已于 3 月 4 日删除。" },
  ]);
  await noteOnRequest(acting(handler, "2026-03-06 11:00"), {
    ...{ number: answered.number, note: "handled" },
  });
  const noted = await readStaffRequest(acting(handler, "2026-03-06 12:00"), answered);
  expect(noted.messages.at(-1)).toMatchObject({ developer: null, text: "handled" });

  const { owner: other } = await givenRouted(fetched, handler);
  await takeBack(acting(handler, "2026-03-12 10:00"), await asSeen(fetched));
  expect(await readDeveloperTask(acting(other, "2026-03-13 10:00"), fetched)).toMatchObject({
    ...{ state: "taken_back", isOverdue: false, answers: [] },
  });
});

test("P28: a developer answers with files: the handler opens them, the account sees what it sent, the requester neither", async () => {
  const request = await givenRequest(requester.id);
  const { owner } = await givenRouted(request, handler);
  await answerAsDeveloper(acting(owner, "2026-03-05 10:00"), {
    ...{ number: request.number, answer: "handled", text: "" },
    files: [{ fileName: "处理记录.txt", bytes: new TextEncoder().encode("已删除") }],
  });
  const task = await readDeveloperTask(acting(owner, "2026-03-06 10:00"), request);
  expect(task.answers[0]?.files).toMatchObject([{ name: "处理记录.txt", size: 9 }]);
  const seen = await readStaffRequest(acting(handler, "2026-03-06 10:00"), request);
  const [file] = seen.messages.flatMap(({ files }) => files);
  expect([file?.name, seen.files]).toEqual(["处理记录.txt", []]);
  const wanted = { number: request.number, fileId: file!.id };
  const opened = await openRequestFile(acting(handler, "2026-03-06 10:00"), wanted);
  expect(Buffer.from(opened.content).toString()).toBe("已删除");

  const mine = acting(requester, "2026-03-06 10:00");
  const own = await readOwnRequest(mine, request);
  expect([own.files, own.messages]).toEqual([[], []]);
  await expect(openOwnFile(mine, wanted)).rejects.toBeInstanceOf(NotFound);
  await expect(openOwnFile(acting(owner, "2026-03-06 10:00"), wanted)).rejects.toBeInstanceOf(
    NotFound,
  );
  const whose = { of: "person", id: requester.id, email: requester.email } as const;
  const taken = await readOwnPart(mine, { whose, part: "requestFiles" });
  expect(JSON.stringify(taken)).not.toContain("处理记录");
});

test("the database keeps no task without its day", async () => {
  const request = await givenRequest(requester.id);
  await givenRouted(request, handler);
  const { id } = await current(request);
  const without = db.update(requests).set({ developerDueDate: null }).where(eq(requests.id, id));
  await expect(without).rejects.toThrow();
});
