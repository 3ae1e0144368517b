import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { dataStores, disposals, serviceEnds } from "@/db/schema";
import { certificate } from "@/domain/broadcasts/deregistration-facts";
import { completeEndDisposal } from "@/domain/disposals/ends";
import { endOfDeregistration } from "@/domain/disposals/open-end";
import { saveStore } from "@/domain/disposals/stores";
import { hashOf } from "@/lib/hash";
import { acting } from "@/tests/support/context";
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

import { Conflict } from "../errors";
import { cancelDeregistration } from "./cancel";
import { listOwnDeregistrations, readOwnDeregistration } from "./read-own";

const handler = await givenStaff("handler");
const LATER = "2026-11-12 10:00";
const DONE = "2026-11-13 10:00";

beforeEach(async () => {
  await db.delete(disposals);
  await db.delete(serviceEnds);
  await db.delete(dataStores);
  for (const store of ["profile", "messages"] as const)
    await saveStore(acting(handler, "2026-01-05 10:00"), {
      ...{ store, executor: "平台组", carrier: "by_hand", dueDays: 15, backupDays: 30 },
      method: { "zh-CN": "按应用删除。", en: "" },
    });
});

/** An account whose cooling-off is over and whose service's data begins to be disposed of. */
async function givenDisposing() {
  const small = await givenSmallAccount();
  const { id } = await givenCoolingOff(small.account, small.owner);
  expect(await carryOut(id)).toBe("waiting");
  const service = await endOfDeregistration(db, id);
  return { ...small, id, open: service?.disposals ?? [] };
}

const done = (disposalId: string, moment = LATER) =>
  completeEndDisposal(acting(handler, moment), {
    ...{ disposalId, action: "delete", holdReason: null, result: "任务 T-7，删除 12 行" },
  });

test("P10 P33: the service's data goes first, store by store, the account last, with one certificate over both", async () => {
  const { account, owner, id, open } = await givenDisposing();
  expect(open).toMatchObject([
    { store: "messages", dueDate: "2026-11-24", doneAt: null },
    { store: "profile", dueDate: "2026-11-24", doneAt: null },
  ]);
  // Whatever runs again, at whatever moment a worker was killed, opens nothing twice and closes nothing early.
  expect(await carryOut(id)).toBe("waiting");
  await done(open[0]!.id);
  expect(await carryOut(id, LATER)).toBe("waiting");
  expect(await isClosed(account.id)).toBe(false);
  expect(await db.$count(serviceEnds)).toBe(1);
  const own = await readOwnDeregistration(freshly(owner, LATER), {
    ...{ accountId: account.id, elsewhere: { unansweredVersions: 0, openAdvice: 0 } },
  });
  expect(own.service?.disposals).toMatchObject([{ store: "messages" }, { doneAt: null }]);

  expect(await listOwnDeregistrations(acting(owner, LATER), {})).toMatchObject([
    { id, isDisposing: true },
  ]);

  await done(open[1]!.id, DONE);
  expect(await carryOut(id, DONE)).toBe("completed");
  expect(await isClosed(account.id)).toBe(true);
  const gone = await deregistrationOf(account.id);
  const stated = certificate.parse(gone.certificate);
  expect(stated.stores).toMatchObject([
    { store: "messages", action: "delete", executor: "平台组", backupsUntil: "2026-12-12" },
    { store: "profile", result: "任务 T-7，删除 12 行", backupsUntil: "2026-12-13" },
  ]);
  expect(gone.certificateHash).toBe(hashOf(gone.certificate));
  expect((await recordOf(id)).at(-1)).toBe("deregistration.completed");
});

test("P33: once the data is being disposed of there is no way back, and before there is", async () => {
  const { account, owner } = await givenSmallAccount();
  const { id } = await givenCoolingOff(account, owner);
  await cancelDeregistration(freshly(owner, "2026-11-08 10:00"), { id });
  expect((await deregistrationOf(account.id)).status).toBe("cancelled");

  const other = await givenDisposing();
  await expect(
    cancelDeregistration(freshly(other.owner, LATER), { id: other.id }),
  ).rejects.toBeInstanceOf(Conflict);
  expect((await deregistrationOf(other.account.id)).status).toBe("cooling_off");
});

test("P10: where nobody wrote down any store, the account goes at once", async () => {
  await db.delete(dataStores);
  const { account, owner } = await givenSmallAccount();
  const { id } = await givenCoolingOff(account, owner);
  expect(await carryOut(id, DUE_AT)).toBe("completed");
  expect(await isClosed(account.id)).toBe(true);
  expect(
    certificate.parse((await deregistrationOf(account.id)).certificate).stores,
  ).toBeUndefined();
});
