import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, deliveries, dispatches } from "@/db/schema";
import type { WavePlan } from "@/db/schema/waves";
import type { Visibility } from "@/db/vocabulary/incidents";
import { freezeAll, prepareAll, sendNextBatch, watchWaves } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import { givenEndpoint } from "@/tests/support/endpoints";
import {
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  noticeNow,
  published,
} from "@/tests/support/notices";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";

import { cancelRemainder } from "./broadcasts/cancel-remainder";
import { finishBroadcasts } from "./broadcasts/finish";
import { pauseBroadcast } from "./broadcasts/pause";
import { asJob } from "./context";
import { NotFound } from "./errors";
import { lookAtTelling } from "./evidence/look-back";
import { readEvidence, readTellingProof } from "./evidence/take-evidence";
import { approveProposal } from "./incidents/decide-proposal";
import { listPublishedIncidents } from "./incidents/list-published";
import { listOpenAdvice } from "./incidents/open-advice";
import { proposeOfIncident } from "./incidents/propose";
import { readCourse } from "./incidents/read-course";
import { readSelection } from "./incidents/selection";
import { approveNotice } from "./incidents/review-notice";

const [OUT, LATER] = ["2026-11-20 09:50", "2026-11-20 10:00"];
const PLAN: WavePlan = {
  ...{ by: "people", first: 1, waitMinutes: 30 },
  ...{ bounced: 10, refused: 10, complained: 10 },
};

/** An incident told to three accounts of one owner and one endpoint each, of whom one is told first. */
async function givenHeldBack(visibility: Visibility) {
  const desk = await givenNoticeDesk();
  const owners = [];
  for (const name of ["甲", "乙", "丙"]) {
    const account = await givenAccount({ productId: desk.productId, name });
    const owner = await givenMember(account.id, "owner");
    const ctx = acting(owner, OUT);
    const address = `https://hooks.example.com/${account.id}`;
    owners.push({
      ...{ owner, accountId: account.id },
      endpointId: await givenEndpoint(ctx, { accountId: account.id, address }),
    });
  }
  const incident = await givenIncident(desk, { visibility });
  const draft = await givenNotice(desk, { incidentId: incident.id, waves: PLAN });
  const notice = await published(desk, draft, { at: OUT, typedPeople: 3 });
  const { broadcastId } = notice;
  await send();
  await watchWaves(beijing(OUT));
  const told = await db
    .select({ userId: deliveries.userId })
    .from(deliveries)
    .where(eq(deliveries.broadcastId, broadcastId ?? ""));
  const isTold = ({ owner }: { owner: { id: string } }) =>
    told.some(({ userId }) => userId === owner.id);
  const [first, held] = [owners.filter(isTold), owners.filter((one) => !isTold(one))];
  return { desk, incident, notice, broadcastId: broadcastId ?? "", first: first[0]!, held };
}

async function send() {
  await prepareAll(beijing(LATER));
  await freezeAll(beijing(LATER));
  while ((await sendNextBatch(beijing(LATER))).length > 0);
}

test("who was held back, and then told nothing, reads nothing restricted, has no evidence of it, and was told nothing in a look back", async () => {
  const { desk, incident, broadcastId, first, held } = await givenHeldBack("restricted");
  const by = acting(desk.author, LATER);
  await pauseBroadcast(by, { broadcastId });
  await cancelRemainder(by, { broadcastId, typedMails: 2, reason: "正文有误" });
  await send();
  const { owner, accountId } = held[0]!;
  const isHeld = and(eq(deliveries.userId, owner.id), eq(deliveries.reason, "held"));
  expect(await db.$count(deliveries, isHeld)).toBe(1);

  const listed = async (reader: typeof owner) =>
    (await listPublishedIncidents(acting(reader, LATER), {})).rows.map(({ number }) => number);
  expect(await listed(first.owner)).toEqual([incident.number]);
  expect(await listed(owner)).toEqual([]);

  const about = { broadcastId, accountId };
  const own = acting(owner, LATER);
  await expect(readEvidence(own, about)).rejects.toBeInstanceOf(NotFound);
  await expect(readTellingProof(own, about)).rejects.toBeInstanceOf(NotFound);
  const support = acting(await givenStaff("support"), LATER);
  const look = { broadcastId, of: "person" as const };
  await expect(lookAtTelling(support, { ...look, id: owner.id })).rejects.toBeInstanceOf(NotFound);
  expect(await lookAtTelling(support, { ...look, id: first.owner.id })).toBeTruthy();
});

test("why an account was told says of who is held back that they wait, and that they were left out once the rest was cancelled", async () => {
  const { desk, broadcastId, first, held } = await givenHeldBack("affected");
  const auditor = acting(await givenStaff("auditor"), LATER);
  const read = async ({ accountId }: typeof first) =>
    readSelection(auditor, { broadcastId, accountId });
  expect(await read(first)).toMatchObject({ isTold: true, isWaiting: false, isLeftOut: false });
  expect(await read(held[0]!)).toMatchObject({ isTold: false, isWaiting: true, isLeftOut: false });
  const by = acting(desk.author, LATER);
  await pauseBroadcast(by, { broadcastId });
  await cancelRemainder(by, { broadcastId, typedMails: 2, reason: "正文有误" });
  await send();
  expect(await read(held[0]!)).toMatchObject({ isTold: false, isWaiting: false, isLeftOut: true });
});

test("that a telling was of an account is proved for those who were told alone", async () => {
  const { desk, broadcastId, first, held } = await givenHeldBack("affected");
  const by = acting(desk.author, LATER);
  await pauseBroadcast(by, { broadcastId });
  await cancelRemainder(by, { broadcastId, typedMails: 2, reason: "正文有误" });
  await send();
  const proof = (of: typeof first) =>
    readTellingProof(acting(of.owner, LATER), { broadcastId, accountId: of.accountId });
  expect(await proof(first)).toBeNull();
  await expect(proof(held[0]!)).rejects.toBeInstanceOf(NotFound);
});

test("P18: the banner stands for who was told, and for nobody who is held back, nor once the rest was cancelled", async () => {
  const { desk, broadcastId, first, held } = await givenHeldBack("affected");
  const stands = async ({ owner }: typeof first) =>
    (await listOpenAdvice(acting(owner, LATER), {})).map((advice) => advice.stands);
  expect([await stands(first), await stands(held[0]!)]).toEqual([[true], [false]]);
  const by = acting(desk.author, LATER);
  await pauseBroadcast(by, { broadcastId });
  await cancelRemainder(by, { broadcastId, typedMails: 2, reason: "正文有误" });
  await send();
  expect([await stands(first), await stands(held[0]!)]).toEqual([[true], [false]]);
});

test.each(["correction", "update"] as const)(
  "a %s goes out once it was decided what becomes of who is held back: nobody hears it before the words it follows",
  async (type) => {
    const { desk, incident, notice, broadcastId } = await givenHeldBack("affected");
    const correctsId = type === "correction" ? notice.id : null;
    const correct = await givenNotice(desk, { incidentId: incident.id, type, correctsId });
    const out = published(desk, correct, { at: LATER, typedPeople: 3 });
    await expect(out).rejects.toMatchObject({
      messageKey: "notices.errors.restHeld",
      values: { sequence: 1, people: 2 },
    });

    const by = acting(desk.author, LATER);
    await pauseBroadcast(by, { broadcastId });
    await cancelRemainder(by, { broadcastId, typedMails: 2, reason: "正文有误" });
    const { contentHash } = await noticeNow(correct.id);
    await approveNotice(acting(desk.approver, LATER), {
      ...{ noticeId: correct.id, contentHash: contentHash ?? "", typedPeople: 3 },
    });
    expect(await noticeNow(correct.id)).toMatchObject({ status: "published" });
  },
);

test("P41: a false alarm is posted to no endpoint of whom nothing was told", async () => {
  const { desk, incident, first } = await givenHeldBack("affected");
  const author = acting(desk.author, LATER);
  await proposeOfIncident(author, {
    ...{ incidentId: incident.id, what: "false_alarm", reason: "测试数据。" },
  });
  const { proposals } = await readCourse(author, { incidentId: incident.id });
  await approveProposal(acting(desk.approver, LATER), {
    ...{ incidentId: incident.id, proposalId: proposals[0]!.id, typedPeople: 1 },
  });
  await send();
  await finishBroadcasts(asJob("deliver-mails", beijing(LATER)), {});
  const posted = await db
    .select({ endpointId: dispatches.endpointId })
    .from(dispatches)
    .innerJoin(broadcasts, eq(broadcasts.id, dispatches.broadcastId))
    .where(and(eq(broadcasts.kind, "withdrawal"), eq(broadcasts.subjectId, incident.id)));
  expect(posted.map(({ endpointId }) => endpointId)).toEqual([first.endpointId]);
});
