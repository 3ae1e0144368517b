import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { apps, dataStores, disposals, serviceEnds } from "@/db/schema";
import { openDisposals } from "@/jobs/due";
import { acting, beijing } from "@/tests/support/context";
import { givenAccount, givenMember, givenProduct, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { Conflict, Invalid, NotAllowed, NotFound } from "../errors";
import { completeEndDisposal, listEnds, readEnd } from "./ends";
import { listStores, removeStore, saveStore, storesToEmpty } from "./stores";

const AT = "2026-03-02 10:00";
const handler = await givenStaff("handler");
const product = await givenProduct();
const at = (person = handler, moment = AT) => acting(person, moment);

type Wish = Parameters<typeof saveStore>[1];
const store = (wish: Partial<Wish> = {}): Wish => ({
  ...{ store: "profile", executor: "资料平台组", carrier: "by_hand", dueDays: 15, backupDays: 30 },
  method: { "zh-CN": "按应用删除资料表。", en: "" },
  ...wish,
});

beforeEach(async () => {
  await db.delete(disposals);
  await db.delete(serviceEnds);
  await db.delete(dataStores);
  await db.update(apps).set({ closedAt: null });
});

describe("P10: where data lies is the vendor's data", () => {
  test("a store is written down, changed and removed, each time on the record; until then all there may be count", async () => {
    expect(await storesToEmpty(db)).toHaveLength(7);
    await saveStore(at(), store());
    await saveStore(at(), store({ executor: "存储组" }));
    await saveStore(at(), store({ executor: "存储组" }));
    expect(await listStores(at(), {})).toMatchObject([
      { store: "profile", executor: "存储组", methodEn: null, dueDays: 15, backupDays: 30 },
    ]);
    expect(await storesToEmpty(db)).toEqual([
      { store: "profile", executor: "存储组", method: "按应用删除资料表。", dueDays: 15 },
    ]);
    await removeStore(at(), { store: "profile" });
    await removeStore(at(), { store: "profile" });
    expect((await recordOf("profile")).slice(-3)).toEqual([
      ...["data_store.saved", "data_store.saved", "data_store.removed"],
    ]);
  });

  test.each([
    { dueDays: "0" },
    { dueDays: "366" },
    { dueDays: "x" },
    { backupDays: "-1" },
    { backupDays: "731" },
    { executor: " " },
    { method: { "zh-CN": " ", en: "x" } },
  ])("%j is refused", async (wish) => {
    await expect(saveStore(at(), store(wish))).rejects.toBeInstanceOf(Invalid);
  });

  test("backups are nothing for the interface; approvers neither keep nor read", async () => {
    const wish = store({ store: "backups", carrier: "account_deletion" });
    await expect(saveStore(at(), wish)).rejects.toBeInstanceOf(Conflict);
    const approver = await givenStaff("approver");
    await expect(saveStore(at(approver), store())).rejects.toBeInstanceOf(NotAllowed);
    await expect(listEnds(at(approver), { view: "open" })).rejects.toBeInstanceOf(NotAllowed);
  });
});

/** An app that is closed at a moment. */
async function givenClosedApp(moment: string) {
  const account = await givenAccount({ productId: product.id });
  const owner = await givenMember(account.id, "owner");
  const [app] = await db
    .update(apps)
    .set({ closedAt: beijing(moment) })
    .where(eq(apps.accountId, account.id))
    .returning();
  return { account, owner, app: app! };
}

const endsOf = (appId: string) => db.select().from(serviceEnds).where(eq(serviceEnds.appId, appId));

describe("P10: every end of service opens a record of disposal", () => {
  test("a closed app has one, with a day per store, once; one that closed before anything was written down has none", async () => {
    const earlier = await givenClosedApp("2026-03-01 09:00");
    await saveStore(at(), store());
    await saveStore(at(), store({ store: "messages", dueDays: 30, backupDays: 0 }));
    const { app } = await givenClosedApp("2026-03-03 09:00");
    await openDisposals(beijing("2026-03-03 09:10"));
    await openDisposals(beijing("2026-03-03 09:20"));

    expect(await endsOf(earlier.app.id)).toEqual([]);
    const [end, ...others] = await endsOf(app.id);
    expect(others).toEqual([]);
    const { disposals: opened } = await readEnd(at(), { endId: end!.id });
    expect(opened).toMatchObject([
      { store: "profile", dueDate: "2026-03-18", executor: "资料平台组", doneAt: null },
      { store: "messages", dueDate: "2026-04-02", method: "按应用删除资料表。" },
    ]);
    expect(await recordOf(end!.id)).toEqual(["service_end.opened"]);
  });

  test("an app that is opened again and closed again leaves another one", async () => {
    await saveStore(at(), store());
    const { app } = await givenClosedApp("2026-03-03 09:00");
    await openDisposals(beijing("2026-03-03 09:10"));
    await db.update(apps).set({ closedAt: null }).where(eq(apps.id, app.id));
    await openDisposals(beijing("2026-03-04 09:10"));
    await db
      .update(apps)
      .set({ closedAt: beijing("2026-03-05 09:00") })
      .where(eq(apps.id, app.id));
    await openDisposals(beijing("2026-03-05 09:10"));
    expect(await endsOf(app.id)).toHaveLength(2);
  });

  test("each store is done by a person, on a day, with method and proof; the last one settles it", async () => {
    await saveStore(at(), store());
    await saveStore(at(), store({ store: "logs", backupDays: 0 }));
    const { app } = await givenClosedApp("2026-03-03 09:00");
    await openDisposals(beijing("2026-03-03 09:10"));
    const [end] = await endsOf(app.id);
    const { disposals: open } = await readEnd(at(), { endId: end!.id });
    const idOf = (name: string) => open.find((one) => one.store === name)?.id ?? "";
    const later = at(handler, "2026-03-10 15:00");
    const complete = (wish: Partial<Parameters<typeof completeEndDisposal>[1]>) =>
      completeEndDisposal(later, {
        ...{ disposalId: idOf("profile"), action: "delete", holdReason: null },
        ...{ result: "任务 T-1042，删除 1,204 行" },
        ...wish,
      });

    await expect(complete({ action: "hold" })).rejects.toBeInstanceOf(Invalid);
    await expect(complete({ result: " " })).rejects.toBeInstanceOf(Invalid);
    expect(await complete({})).toEqual({ isSettled: false });
    await expect(complete({})).rejects.toBeInstanceOf(Conflict);
    expect(await listEnds(later, { view: "open" })).toMatchObject([
      { id: end!.id, done: 1, total: 2, appName: "应用" },
    ]);
    expect(
      await complete({
        ...{ disposalId: idOf("logs"), action: "hold", holdReason: "law" },
        result: "网络日志依法留存六个月",
      }),
    ).toEqual({ isSettled: true });

    const settled = await readEnd(later, { endId: end!.id });
    expect(settled.settledAt).toEqual(later.now);
    expect(settled.disposals).toMatchObject([
      { store: "logs", action: "hold", holdReason: "law", backupsUntil: null },
      {
        ...{ store: "profile", result: "任务 T-1042，删除 1,204 行", executor: "资料平台组" },
        ...{ doneAt: later.now, doneByName: handler.name, backupsUntil: "2026-04-09" },
      },
    ]);
    expect(await listEnds(later, { view: "open" })).toEqual([]);
    expect(await listEnds(later, { view: "settled" })).toHaveLength(1);
    expect(await recordOf(end!.id)).toEqual([
      "service_end.opened",
      "service_end.disposal_done",
      "service_end.disposal_done",
      "service_end.settled",
    ]);
  });

  test("what is no end is not found; an auditor reads and does not record", async () => {
    await expect(readEnd(at(), { endId: "nowhere" })).rejects.toBeInstanceOf(NotFound);
    const auditor = await givenStaff("auditor");
    const disposalId = crypto.randomUUID();
    const wish = { disposalId, action: "delete", result: "x", holdReason: null } as const;
    await expect(completeEndDisposal(at(auditor), wish)).rejects.toBeInstanceOf(NotAllowed);
    await expect(completeEndDisposal(at(), wish)).rejects.toBeInstanceOf(NotFound);
  });

  test("the database itself lets no disposal belong to nothing", async () => {
    const row = { store: "logs", action: "delete", dueDate: "2026-03-02" } as const;
    await expect(db.insert(disposals).values({ ...row, createdAt: new Date() })).rejects.toThrow();
  });
});
