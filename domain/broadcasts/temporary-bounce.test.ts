import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { deliveries, suppressionLifts, suppressions } from "@/db/schema";
import { receiveResendWebhook } from "@/server/webhook";
import { signedHeaders } from "@/stand-ins/resend/sign";
import {
  FACTS,
  freezeAll,
  givenMembers,
  providerReports,
  sendNextBatch,
  tellProduct,
} from "@/tests/support/broadcasts";
import { givenProduct, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";
import { resetDatabase } from "@/tests/support/reset-database";

import type { Context } from "../context";
import { TEMPORARY_BOUNCE } from "./delivery-status";
import { liftSuppression } from "./lift-suppression";
import { listSuppressions } from "./suppressions";

const DAY_MS = 86_400_000;
const begin = new Date("2026-11-02T02:00:00Z");
const on = (day: number, minutes = 0) =>
  new Date(begin.getTime() + day * DAY_MS + minutes * 60_000);
const ADDRESS = "full1@crowd.example";

let approver: Context["actor"];
let support: Context;
let productId: string;

beforeEach(async () => {
  await resetDatabase();
  approver = await givenStaff("approver");
  support = { actor: await givenStaff("support"), now: on(40) };
  productId = (await givenProduct()).id;
  await givenMembers(productId, 1, "full");
});

/** Tells the product, sends what waits. @returns the broadcast's id */
async function tell(day: number): Promise<string> {
  const versionId = crypto.randomUUID();
  const { id } = await tellProduct({ actor: approver, now: on(day) }, productId, {
    ...FACTS,
    versionId,
  });
  await freezeAll(on(day));
  while ((await sendNextBatch(on(day))).length > 0);
  return id;
}

const mailOf = async (broadcastId: string) => {
  const rows = await db.select().from(deliveries).where(eq(deliveries.broadcastId, broadcastId));
  return rows.find(({ channel }) => channel === "email")!;
};

const stopped = () => db.select().from(suppressions);

/** What the provider posts, signed, as the wire has it. */
async function post(body: object): Promise<number> {
  const id = `msg_${crypto.randomUUID()}`;
  const text = JSON.stringify(body);
  const secret = process.env.RESEND_WEBHOOK_SECRET ?? "";
  const headers = signedHeaders({ id, body: text }, secret, Date.now());
  const request = new Request("http://portal.example/api/webhooks/resend", {
    method: "POST",
    body: text,
    headers,
  });
  return (await receiveResendWebhook(request)).status;
}

test("P18: a full mailbox is a temporary bounce: the address stays in use, and a later delivery counts", async () => {
  const id = await tell(0);
  await providerReports(ADDRESS, "email.delivered", on(0, 1));
  const { providerId } = await mailOf(id);
  const bounce = {
    type: "email.bounced",
    created_at: on(0, 5).toISOString(),
    data: {
      email_id: providerId,
      bounce: {
        type: "Transient",
        subType: "MailboxFull",
        message: "The recipient mailbox is full",
      },
    },
  };
  expect(await post(bounce)).toBe(200);
  expect(await mailOf(id)).toMatchObject({
    status: "deferred",
    reason: "The recipient mailbox is full",
  });
  expect(await stopped()).toEqual([]);

  await providerReports(ADDRESS, "email.delivered", on(0, 9));
  expect((await mailOf(id)).status).toBe("delivered");
  await providerReports(ADDRESS, TEMPORARY_BOUNCE, on(0, 3));
  expect((await mailOf(id)).status).toBe("delivered");
  expect((await mailOf(await tell(1))).status).toBe("sent");
});

test("a permanent bounce stops the address, and so does one without a type", async () => {
  const { providerId } = await mailOf(await tell(0));
  const bounce = { type: "Permanent", subType: "General", message: "user unknown" };
  const created_at = on(0, 5).toISOString();
  await post({ type: "email.bounced", created_at, data: { email_id: providerId, bounce } });
  expect(await stopped()).toMatchObject([{ address: ADDRESS, reason: "bounced" }]);
});

test("three temporary bounces in a row over a fortnight stop the address; a delivery between begins anew", async () => {
  for (const day of [0, 7]) {
    await tell(day);
    await providerReports(ADDRESS, TEMPORARY_BOUNCE, on(day, 5));
  }
  await tell(8);
  await providerReports(ADDRESS, "email.delivered", on(8, 5));
  for (const day of [15, 16, 17]) {
    await tell(day);
    await providerReports(ADDRESS, TEMPORARY_BOUNCE, on(day, 5));
  }
  expect(await stopped()).toEqual([]);
  const last = await tell(30);
  await providerReports(ADDRESS, TEMPORARY_BOUNCE, on(30, 5));
  expect(await stopped()).toMatchObject([
    { address: ADDRESS, reason: "deferred", broadcastId: last },
  ]);
  expect((await mailOf(await tell(31))).status).toBe("suppressed");
});

test("a stopped address is found with its reason and lifted with one, on record; then mail goes there again", async () => {
  const id = await tell(0);
  await providerReports(ADDRESS, "email.bounced", on(0, 5));
  const { rows, total } = await listSuppressions(support, { search: "FULL1@" });
  expect(rows).toMatchObject([{ address: ADDRESS, reason: "bounced", broadcastId: id }]);
  expect(total).toBe(1);
  expect((await listSuppressions(support, { search: "%" })).rows).toEqual([]);

  const [{ id: stopId } = { id: "" }] = rows;
  await expect(liftSuppression(support, { id: stopId, note: " " })).rejects.toMatchObject({
    fields: { note: ["broadcasts.errors.liftReason"] },
  });
  const auditor = { actor: await givenStaff("auditor"), now: on(40) };
  await expect(liftSuppression(auditor, { id: stopId, note: "x" })).rejects.toMatchObject({
    code: "not_allowed",
  });
  await liftSuppression(support, { id: stopId, note: "客户来电，邮箱已恢复。" });
  expect(await recordOf(stopId)).toEqual(["suppression.lifted"]);
  expect(await db.select().from(suppressionLifts)).toMatchObject([
    { address: ADDRESS, note: "客户来电，邮箱已恢复。" },
  ]);
  expect((await mailOf(await tell(41))).status).toBe("sent");
  await expect(liftSuppression(support, { id: stopId, note: "x" })).rejects.toMatchObject({
    messageKey: "broadcasts.errors.liftedAlready",
  });
});
