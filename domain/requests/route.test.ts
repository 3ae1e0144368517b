import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { type Request, accounts, apps } from "@/db/schema";
import type { Person } from "@/domain/context";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember, givenProduct } from "@/tests/support/people";
import {
  asSeen,
  current,
  givenRequestDesk,
  givenRequest,
  givenTaken,
  toldPeople,
} from "@/tests/support/requests";
import { recordOf } from "@/tests/support/record";

import { answerAsDeveloper, readDeveloperTask } from "./developer-task";
import { isOnlyRouted } from "./readable-requests";
import { findRouteTarget, routeToDeveloper } from "./route";

const { handler, requester } = await givenRequestDesk();

const at = (person: Person) => acting(person, "2026-03-04 09:00");

/** A company with one app and its owner. */
async function givenCompany() {
  const product = await givenProduct();
  const account = await givenAccount({ productId: product.id });
  const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
  return { account, app: app!, owner: await givenMember(account.id, "owner") };
}
type Company = Awaited<ReturnType<typeof givenCompany>>;

async function givenVerified(traits: Partial<Request> = {}) {
  const request = await givenRequest(requester.id, traits);
  await givenTaken(request, handler);
  return request;
}

const sendTo = async (request: Request, { account, app }: Company) =>
  routeToDeveloper(at(handler), {
    ...(await asSeen(request)),
    ...{ appId: app.id, accountId: account.id },
  });

const find = (request: Request, sdkAppId = "") =>
  findRouteTarget(at(handler), { number: request.number, sdkAppId });

describe("P29: an end user's request goes to the developer of its own app", () => {
  test("the named app is found with its company; no other company ever reads the request", async () => {
    const [own, other] = [await givenCompany(), await givenCompany()];
    const request = await givenVerified({ namedSdkAppId: own.app.sdkAppId });

    expect(await find(request, other.app.sdkAppId)).toMatchObject({
      isNamed: true,
      target: { appId: own.app.id, accountName: own.account.name, sdkAppId: own.app.sdkAppId },
    });
    await expect(sendTo(request, other)).rejects.toThrow("requests.errors.otherApp");
    expect(await current(request)).toMatchObject({ status: "in_progress", accountId: null });
    await expect(readDeveloperTask(at(other.owner), { number: request.number })).rejects.toThrow(
      "errors.notFound",
    );

    await sendTo(request, own);
    const { number } = await readDeveloperTask(at(own.owner), { number: request.number });
    expect(number).toBe(request.number);
  });

  test("where no app is named, the company is found by the number before anything goes", async () => {
    const company = await givenCompany();
    const request = await givenVerified({ namedSdkAppId: null });
    expect(await find(request)).toEqual({ isNamed: false, target: null, missing: "" });
    expect(await find(request, "14x")).toMatchObject({ target: null, missing: "14x" });
    expect(await find(request, ` ${company.app.sdkAppId} `)).toMatchObject({
      isNamed: false,
      target: { accountId: company.account.id, uin: company.account.uin },
    });
    await sendTo(request, company);
    expect((await current(request)).accountId).toBe(company.account.id);
  });

  test("an app that changed hands since it was looked at is not sent to", async () => {
    const [shown, buyer] = [await givenCompany(), await givenCompany()];
    const request = await givenVerified({ namedSdkAppId: shown.app.sdkAppId });
    await db.update(apps).set({ accountId: buyer.account.id }).where(eq(apps.id, shown.app.id));
    await expect(sendTo(request, shown)).rejects.toThrow("requests.errors.changedMeanwhile");
  });

  test("behind a closed app or account is nobody, and no other stands in", async () => {
    const [closed, other] = [await givenCompany(), await givenCompany()];
    const request = await givenVerified({ namedSdkAppId: closed.app.sdkAppId });
    await db
      .update(accounts)
      .set({ closedAt: new Date() })
      .where(eq(accounts.id, closed.account.id));
    expect(await find(request, other.app.sdkAppId)).toEqual({
      ...{ isNamed: true, target: null, missing: closed.app.sdkAppId },
    });
    await expect(sendTo(request, other)).rejects.toThrow("requests.errors.otherApp");
    await expect(sendTo(request, closed)).rejects.toMatchObject({
      fields: { app: ["requests.errors.noSuchApp"] },
    });
  });
});

test("P29: the plain address of a routed request leads who was asked to its answer, and nobody else", async () => {
  const [own, other] = [await givenCompany(), await givenCompany()];
  const request = await givenVerified({ namedSdkAppId: own.app.sdkAppId });
  const { number } = request;
  expect(await isOnlyRouted(at(own.owner), { number })).toBe(false);
  await sendTo(request, own);
  expect(await isOnlyRouted(at(own.owner), { number })).toBe(true);
  expect(await isOnlyRouted(at(other.owner), { number })).toBe(false);
  expect(await isOnlyRouted(at(requester), { number })).toBe(false);
});

describe("P10, P31: withdrawn consent goes to the developer who has to stop, once it is known who withdraws", () => {
  const withdrawal = { type: "withdraw_consent", ground: null } as const;

  test("the account is asked to stop, by a day, with the product whose calls end it; the stop is not confirmed by it", async () => {
    const company = await givenCompany();
    const request = await givenVerified({ ...withdrawal, namedSdkAppId: company.app.sdkAppId });
    expect(await toldPeople(request, "developer_stop")).toEqual([company.owner.id]);
    expect(await toldPeople(request, "developer_asked")).toEqual([]);
    expect(await recordOf(request.id)).toContain("request.routed");
    const task = await readDeveloperTask(at(company.owner), { number: request.number });
    expect(task).toMatchObject({ state: "waiting", isStop: true });
    expect(task.productId).toBe(company.app.productId);
    expect(await current(request)).toMatchObject({
      ...{ status: "with_developer", appId: company.app.id, stopConfirmedAt: null },
    });
    await answerAsDeveloper(at(company.owner), {
      ...{ number: request.number, answer: "handled", text: "已不再初始化", files: [] },
    });
    expect(await current(request)).toMatchObject({ status: "in_progress", stopConfirmedAt: null });
  });

  test("nobody is asked where no app in use is named, nor a developer of their own request, nor for anything else", async () => {
    const company = await givenCompany();
    const named = { namedSdkAppId: company.app.sdkAppId };
    const own = { requesterKind: "developer", accountId: company.account.id } as const;
    for (const traits of [withdrawal, { ...withdrawal, ...named, ...own }, named])
      expect(await current(await givenVerified(traits))).toMatchObject({ status: "in_progress" });
    await db.update(apps).set({ closedAt: new Date() }).where(eq(apps.id, company.app.id));
    const late = await givenVerified({ ...withdrawal, ...named });
    expect((await current(late)).status).toBe("in_progress");
  });
});
