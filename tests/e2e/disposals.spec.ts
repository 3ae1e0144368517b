import { and, eq } from "drizzle-orm";

import { db } from "@/db/client";
import { apps, disposals, products, userDeletions } from "@/db/schema";
import { readPerson } from "@/domain/access/session";
import { asJob } from "@/domain/context";
import { requestDeregistration } from "@/domain/deregistrations/request";
import { completeEndDisposal, readEnd } from "@/domain/disposals/ends";
import { endOfDeregistration } from "@/domain/disposals/open-end";
import { saveStore } from "@/domain/disposals/stores";
import { findDeregistration } from "@/domain/deregistrations/find";
import { askAt, deleteUsers } from "@/jobs/delete-users";
import { executeDeregistrations } from "@/jobs/due";
import { seal } from "@/lib/seal";
import { startAccountDeletion } from "@/stand-ins/account-deletion/start";
import { givenApproval, givenProposal, givenRequest } from "@/tests/support/requests";

import { expect, test } from "./support/test";
import { givenLeavingAccount } from "./support/deregistered";
import { linkIn, mailTo } from "./support/mailbox";
import { contextOf, personOf } from "./support/people";
import { refill } from "./support/ready";
import { agree, enter, press, takeAndVerify, zh } from "./support/request-desk";
import { wordsOf } from "./support/words";

const t = wordsOf("zh-CN");
const DAYS = 86_400_000;

/** An account with one app, whose cooling-off ended a day ago. */
async function givenLeaving() {
  const leaving = await givenLeavingAccount("逐光工作室");
  const [product] = await db.select().from(products).limit(1);
  await db.insert(apps).values({
    ...{ accountId: leaving.accountId, productId: product!.id, name: "逐光相机" },
    ...{ sdkAppId: `14${leaving.uin}`, createdAt: new Date(Date.now() - 90 * DAYS) },
  });
  const before = new Date(Date.now() - 8 * DAYS);
  const owner = await readPerson(asJob("tests", before), { email: leaving.email });
  const { number } = await requestDeregistration(
    { actor: { ...owner!, signedInAt: before }, now: before },
    {
      ...{ accountId: leaving.accountId, typedName: leaving.name, isSettled: true },
      elsewhere: { unansweredVersions: 0, openAdvice: 0 },
    },
  );
  return { ...leaving, number };
}

test("P10 P33: the data of a leaving account's service is disposed of, store by store, before the account goes", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const { accountId, email, number } = await givenLeaving();
  await executeDeregistrations(new Date());

  const owner = await enter(browser, email);
  await owner.goto(`/zh-CN/account/deregistration?account=${accountId}`);
  await expect(owner.getByText(t.deregistrations("own.standing.disposing"))).toBeVisible();
  const cancel = t.deregistrations("own.standing.cancel");
  await expect(owner.getByRole("button", { name: cancel, exact: true })).toHaveCount(0);

  // All stores but one are done; the last one by hand.
  const ctx = await contextOf("handler");
  const { id } = await findDeregistration(ctx, { number });
  const end = await endOfDeregistration(db, id);
  const [last, ...others] = end!.disposals;
  for (const { id: disposalId } of others)
    await completeEndDisposal(ctx, {
      ...{ disposalId, action: "delete", result: "任务 T-1", holdReason: null },
    });
  const handler = await enter(browser, "jiang.yingxue@yunqiao.example");
  await handler.goto("/zh-CN/ops/disposals");
  await handler.getByRole("link", { name: "逐光工作室", exact: true }).click();
  await handler
    .getByLabel(t.disposals("complete.result"), { exact: true })
    .fill("任务 T-1042，删除 1,204 行");
  await press(handler, t.disposals("complete.submit"));
  await agree(handler);
  await expect(handler.getByText(t.disposals("settledAt"), { exact: true })).toBeVisible();
  expect(
    (await readEnd(ctx, { endId: end!.id })).disposals.map(({ doneAt }) => doneAt),
  ).not.toContain(null);
  expect(last!.executor).toBeTruthy();

  await executeDeregistrations(new Date());
  const mail = await mailTo(email, { subject: /注销证明/ });
  expect(mail.text).toContain("任务 T-1042");
  const page = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await page.goto(linkIn(mail, "/deregistration/certificate/"));
  await expect(page.getByText("任务 T-1042，删除 1,204 行").first()).toBeVisible();
  await expect(page.getByText(t.deregistrations("certificate.matches"))).toBeVisible();
});

test("P33: operations hold a deregistration back with a reason that its owners read, and let it go on", async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const { accountId, email, name } = await givenLeavingAccount("听潮工作室");
  const owner = await readPerson(asJob("tests", new Date()), { email });
  const now = new Date();
  const { number } = await requestDeregistration(
    { actor: { ...owner!, signedInAt: now }, now },
    {
      ...{ accountId, typedName: name, isSettled: true },
      elsewhere: { unansweredVersions: 0, openAdvice: 0 },
    },
  );
  const handler = await enter(browser, "jiang.yingxue@yunqiao.example");
  await handler.goto(`/zh-CN/ops/deregistrations/${number}`);
  const reason = "正在核对账单，预计两天。";
  await refill(handler.locator('[name="reason"]'), reason);
  await press(handler, t.deregistrations("ops.pause.submit"));
  await expect(handler.getByText(t.deregistrations("ops.paused"), { exact: true })).toBeVisible();
  await mailTo(email, { subject: /已暂停/ });

  const page = await enter(browser, email);
  await page.goto(`/zh-CN/account/deregistration?account=${accountId}`);
  const paused = page.getByText(t.deregistrations("own.standing.paused", { reason }));
  await expect(paused).toBeVisible();
  await press(handler, t.deregistrations("ops.pause.resume"));
  await expect(handler.locator('[name="reason"]')).toBeVisible();
  await page.reload();
  await expect(page.getByText("还有 7 天")).toBeVisible();
  await expect(paused).toHaveCount(0);
});

test("P32: the vendor's interface deletes the users of a request, the rest is finished by hand, and the requester finds one of them without naming them", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const [ctx, owner] = [await contextOf("handler"), await personOf("owner")];
  const accountId = owner.memberships[0]!.accountId;
  const [app] = await db.select().from(apps).where(eq(apps.accountId, accountId));
  const store = {
    store: "profile",
    ...{ executor: "账号平台组", dueDays: 7, backupDays: 30 },
    method: { "zh-CN": "按应用删除用户资料和标识。", en: "Profiles are deleted app by app." },
  } as const;
  const users = ["northwind_1", "northwind_2", "northwind_4"];
  const deletion = await startAccountDeletion({ users, key: "k".repeat(32) });
  /** The interface is asked about so many of the users; of the rest it is asked in vain. */
  const run = (most: number) =>
    deleteUsers(() => false, {
      ask: ({ users: asked, ...batch }) => {
        const sent = asked.filter(({ position }) => position < most);
        const at = { url: deletion.url, key: "k".repeat(32), timeoutMs: 5_000 };
        if (sent.length > 0) return askAt(at, { ...batch, users: sent });
        return Promise.resolve({ kind: "vain" as const, waitMs: null, reason: "TimeoutError" });
      },
      pauseMs: 0,
    });
  await saveStore(ctx, { ...store, carrier: "account_deletion" });
  try {
    const request = await givenRequest(owner.id, {
      ...{ accountId, appId: app!.id, requesterKind: "developer", receivedAt: new Date() },
      ...{ subjects: seal(users.join("\n"), "request.subjects"), subjectCount: 3 },
    });
    const { number } = request;
    const handler = await enter(browser, "jiang.yingxue@yunqiao.example");
    await takeAndVerify(handler, number);
    await handler
      .getByLabel(zh.requests("desk.plan.store"), { exact: true })
      .selectOption("profile");
    await handler
      .getByLabel(zh.requests("desk.plan.action"), { exact: true })
      .selectOption("delete");
    await press(handler, zh.requests("desk.plan.add"));
    await press(handler, t.disposals("users.order.check"));
    await expect(
      handler.getByText(t.disposals("users.states.waiting"), { exact: true }).first(),
    ).toBeVisible();
    await run(3);
    await handler.reload();
    await expect(handler.getByText("接口认得 3")).toBeVisible();
    expect(deletion.held.size).toBe(3);

    const { decisionId } = await givenProposal(request, await personOf("handler"), {
      decision: "fulfilled",
    });
    await givenApproval(request, await personOf("approver"), decisionId);
    await handler.reload();
    await press(handler, t.disposals("users.order.delete"));
    await agree(handler);
    await expect(
      handler.getByText(t.disposals("users.states.waiting"), { exact: true }).first(),
    ).toBeVisible();
    await run(2);
    const [disposal] = await db.select().from(disposals).where(eq(disposals.requestId, request.id));
    await db
      .update(userDeletions)
      .set({ state: "failed" })
      .where(and(eq(userDeletions.disposalId, disposal!.id), eq(userDeletions.kind, "delete")));
    await handler.reload();
    await expect(handler.getByText("已删除 2")).toBeVisible();
    expect(deletion.held.size).toBe(1);
    const byHand = handler.getByRole("form", { name: t.disposals("users.byHand.submit") });
    await refill(byHand.locator('[name="reason"]'), "接口连续失败，由数据平台按工单 T-9 删除");
    await press(handler, t.disposals("users.byHand.submit"));
    await expect(handler.getByText(zh.requests("desk.done.finishedByHand"))).toBeVisible();
    await expect(handler.getByText("人工处理 1")).toBeVisible();
    await handler
      .getByLabel(zh.requests("desk.plan.result"), { exact: true })
      .fill("3 个用户的数据已删除");
    await press(handler, zh.requests("desk.plan.finish"));
    await agree(handler);
    await expect(handler.getByText(zh.requests("desk.done.answered", { number }))).toBeVisible();

    const requester = await enter(browser, owner.email);
    await requester.goto(`/zh-CN/requests/${number}/receipt`);
    const field = requester.getByLabel(zh.requests("receipt.users.label"), { exact: true });
    const says = (found: "deleted" | "by_hand" | "missing") =>
      expect(async () => {
        await press(requester, zh.requests("receipt.users.check"));
        await expect(
          requester.getByText(zh.requests(`receipt.users.found.${found}`), { exact: true }).last(),
        ).toBeVisible({ timeout: 2_000 });
      }).toPass();
    await refill(field, "northwind_2");
    await says("deleted");
    await refill(field, "northwind_4");
    await says("by_hand");
    await refill(field, "northwind_3");
    await says("missing");
    await expect(requester.getByText("northwind_2")).toHaveCount(0);
  } finally {
    await saveStore(ctx, { ...store, carrier: "by_hand" });
    await deletion.stop();
  }
});
