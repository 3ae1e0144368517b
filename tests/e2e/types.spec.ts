import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { requests } from "@/db/schema";
import type { Locale } from "@/db/vocabulary/languages";
import {
  isChosen,
  REQUEST_TYPES,
  type RequestDetail,
  type RequestType,
} from "@/db/vocabulary/requests";
import { assignRequest } from "@/domain/requests/assign";
import { proposeDecision } from "@/domain/requests/decide";
import { approveDecision } from "@/domain/requests/review";
import { needsFacts, RIGHTS } from "@/domain/requests/rights";
import { verifyRequest } from "@/domain/requests/verify";
import { givenDetails } from "@/tests/support/filing";
import { givenAccount, givenMember, givenPerson } from "@/tests/support/people";
import { asSeen } from "@/tests/support/requests";

import { givenProductOfItsOwn } from "./support/concerned";
import { contextOf, personOf, sessionOf } from "./support/people";
import { press, zh } from "./support/request-desk";
import { type Browser, expect, type Page, test } from "./support/test";
import { wordsOf } from "./support/words";

const WORDS = { "zh-CN": zh, en: wordsOf("en") };

/** What these types are filed and answered in English for; the rest is in Chinese. */
const IN_ENGLISH: readonly RequestType[] = ["copy", "legal_basis", "complaint"];

/** Their answers bring what was asked for along. */
const WITH_FILE: readonly RequestType[] = ["consult", "copy"];

const FILE = { name: "答复.txt", mimeType: "text/plain", buffer: Buffer.from("个人信息的副本") };
const PROOF = { ...FILE, name: "证明.txt" };

/** Without scripts nothing takes a page over: nobody waits for it. */
const LOADED = { waitUntil: "load" } as const;

type Filer = { page: Page; isDeveloper: boolean };
type Case = { type: RequestType; locale: Locale; number: string; isGranted: boolean };

/** Every type by either; without it each by one of them. */
const isLong = process.env.WRONG_INPUT === "all";
const share = (first: 0 | 1) => REQUEST_TYPES.filter((_, index) => isLong || index % 2 === first);

let handler: Page;
let approver: Page;

test.beforeAll(async ({ browser }) => {
  // The desk's forms go without scripts too; requests.spec plays them with.
  handler = await open(browser, await personOf("handler"), false);
  approver = await open(browser, await personOf("approver"), false);
});

test("P23 P25 P48 P54: a developer files each type of their share, and reads its answer", async ({
  browser,
}) => {
  test.setTimeout(400_000);
  const { id: productId } = await givenProductOfItsOwn();
  const account = await givenAccount({ productId });
  const page = await open(browser, await givenMember(account.id, "owner"), true);
  await play({ page, isDeveloper: true }, share(1));
});

test("P23 P27 P31 P48 P54: an end user files each type of theirs without JavaScript, and reads its answer", async ({
  browser,
}) => {
  test.setTimeout(400_000);
  const page = await open(browser, await givenPerson("终端用户"), false);
  await play({ page, isDeveloper: false }, share(0));
});

/**
 * While one is filed, the desk answers those before it: an end user's in a browser; of a developer's, which
 * the desk works on alike, the answer alone counts.
 */
async function play(filer: Filer, types: readonly RequestType[]): Promise<void> {
  const answered: Promise<Case>[] = [];
  for (const type of types) {
    const locale = !filer.isDeveloper && IN_ENGLISH.includes(type) ? "en" : "zh-CN";
    const number = await file(filer, { type, locale });
    // A developer's wish that calls for data to be destroyed is refused here: requests.spec grants one.
    const isGranted = !filer.isDeveloper || !RIGHTS[type].disposesData;
    const one: Case = { type, locale, number, isGranted };
    const before = answered.at(-1) ?? Promise.resolve();
    answered.push(
      before
        .then(() => findInQueue(number))
        .then(() => (filer.isDeveloper ? answerByVerbs(one) : answer(one))),
    );
    answered.at(-1)?.catch(() => undefined);
  }
  for (const one of answered) await readAnswer(filer.page, await one);
}

/** Through the wizard, page by page as it asks. @returns the request's number */
async function file({ page, isDeveloper }: Filer, { type, locale }: Pick<Case, "type" | "locale">) {
  const { requests: t } = WORDS[locale];
  const { isAboutPeople, sentence } = RIGHTS[type];
  const capacity = isDeveloper ? (isAboutPeople ? "on_behalf" : "own") : "end_user";
  const choose = (name: string, value: string) =>
    page.locator(`[name="${name}"][value="${value}"]`).check();
  const fill = (name: string, text: string) => page.locator(`[name="${name}"]`).fill(text);
  const says = async () => {
    if (sentence) await expect(page.getByText(t(`answer.${sentence}`))).toBeVisible();
  };
  const onStep: Record<string, () => Promise<void>> = {
    account: () => page.locator('[name="place"]').first().check(),
    app: () => fill("appName", "轻语"),
    type: () => choose("type", type),
    ground: () => choose("ground", "a"),
    async facts() {
      // Sent empty, it says what is missing.
      if (!isDeveloper && type === "withdraw_consent") {
        await press(page, t("filing.saveAndNext"));
        const feature = page.locator('[name="details.feature"]');
        await expect(feature).toHaveAttribute("aria-invalid", "true");
      }
      for (const [detail, said] of Object.entries(givenDetails(type, capacity)))
        await (isChosen(detail as RequestDetail) ? choose : fill)(`details.${detail}`, said);
      if (needsFacts(type, capacity)) await fill("facts", "我不再使用这个应用。");
    },
    subjects: () => fill("list", "user-1"),
    async proof() {
      if (isAboutPeople) await page.locator('[name="file"]').setInputFiles(PROOF);
    },
    check: says,
  };

  await page.goto(`/${locale}/requests/new`, isDeveloper ? undefined : LOADED);
  await choose("capacity", capacity);
  await press(page, t("filing.next"));
  for (let step = "who"; step !== "submitted";) {
    const before = step;
    await page.waitForURL((url) => stepOf(url) !== before);
    step = stepOf(new URL(page.url()));
    await onStep[step]?.();
    if (step !== "submitted") await press(page, wayOn(step, t));
  }
  await says();
  return /R-\d{4}-\d{6}/.exec(page.url())?.[0] ?? "";
}

/** The page of the wizard that an address is of, or "submitted" behind its end. */
const stepOf = ({ pathname }: URL): string =>
  /\/drafts\/[^/]+\/(\w+)$|\/(submitted)$/.exec(pathname)?.slice(1).find(Boolean) ?? "who";

function wayOn(step: string, t: (typeof WORDS)[Locale]["requests"]): string {
  if (step === "check") return t("filing.check.submit");
  return step === "proof" ? t("filing.next") : t("filing.saveAndNext");
}

const inQueue = (number: string) => handler.getByRole("link", { name: number }).first();

async function findInQueue(number: string): Promise<void> {
  await handler.goto(`/zh-CN/ops/requests?text=${number}`, LOADED);
  await expect(inQueue(number)).toBeVisible();
}

/** Opened from the queue, taken, verified, answered by one and approved by another. */
async function answer(one: Case): Promise<Case> {
  const { type, number, isGranted } = one;
  const t = zh.requests;
  await inQueue(number).click();
  await press(handler, t("desk.do.take"));
  await isDone("taken");
  await press(handler, t("desk.do.verified"));
  await isDone("verified");
  if (isGranted) await stopAndPlan(type);
  await handler
    .locator(`[name="decision"][value="${isGranted ? "fulfilled" : "refused"}"]`)
    .check();
  if (!isGranted) await handler.locator('[name="code"]').selectOption("R-a");
  if (RIGHTS[type].namesBasis) await handler.locator('[name="bases"]').first().check();
  await handler.locator('[name="explanation"]').fill(wordsFor(one));
  // A message to the requester may bring files too.
  const files = handler.locator('form:has([name="decision"]) [name="files"]');
  if (WITH_FILE.includes(type)) await files.setInputFiles(FILE);
  await press(handler, t("desk.decide.propose"));
  await isDone("proposed");
  await approve(one);
  return one;
}

const isDone = (key: "taken" | "verified" | "stopped" | "proposed") =>
  expect(handler.getByText(zh.requests(`desk.done.${key}`))).toBeVisible();

/** Of a wish that is granted: the processing that ends, and the data that goes. */
async function stopAndPlan(type: RequestType): Promise<void> {
  const { stopsProcessing, disposesData } = RIGHTS[type];
  const t = zh.requests;
  if (stopsProcessing) {
    await handler.locator('[name="stoppedAt"]').fill("2026-03-03T11:30");
    await handler.locator('[name="what"]').fill("离线推送已关闭。");
    await press(handler, t("desk.do.stop"));
    await isDone("stopped");
  }
  // What a confirmed stop does not plan by itself the handler does.
  if (!disposesData || stopsProcessing === "verified") return;
  await handler.locator('[name="store"]').selectOption("profile");
  await handler.locator('[name="action"]').selectOption("delete");
  await press(handler, t("desk.plan.add"));
  await expect(handler.getByText(t("browser.planned"))).toBeVisible();
}

/** By the second person; what is granted is done before it is answered. */
async function approve({ type, number, isGranted }: Case): Promise<void> {
  const t = zh.requests;
  await approver.goto(`/zh-CN/ops/requests/${number}`, LOADED);
  await press(approver, t("desk.review.approve"));
  const isToBeDone = isGranted && RIGHTS[type].disposesData;
  const said = t(isToBeDone ? "desk.done.approved" : "desk.done.answered", { number });
  await expect(approver.getByText(said)).toBeVisible();
  if (isToBeDone) await carryOut(number);
}

/** The same without a browser. */
async function answerByVerbs(one: Case): Promise<Case> {
  const { number, isGranted, type } = one;
  const [by, second] = [await contextOf("handler"), await contextOf("approver")];
  const [request] = await db.select().from(requests).where(eq(requests.number, number));
  if (!request) throw new Error(`there is no ${number}`);
  await assignRequest(by, {
    ...(await asSeen(request)),
    handlerId: (await personOf("handler")).id,
  });
  await verifyRequest(by, await asSeen(request));
  const { decisionId } = await proposeDecision(by, {
    ...(await asSeen(request)),
    decision: isGranted ? "fulfilled" : "refused",
    code: isGranted ? null : "R-a",
    explanation: wordsFor(one),
    bases: RIGHTS[type].namesBasis ? ["contract"] : [],
    files: WITH_FILE.includes(type) ? [{ fileName: FILE.name, bytes: FILE.buffer }] : [],
  });
  await approveDecision(second, { ...(await asSeen(request)), decisionId });
  return one;
}

/** Store by store, until the last one is the answer. */
async function carryOut(number: string): Promise<void> {
  const t = zh.requests;
  const left = handler.locator('[name="disposalId"] option:not([value=""])');
  await handler.goto(`/zh-CN/ops/requests/${number}`, LOADED);
  for (let open = await left.count(); open > 0; open -= 1) {
    await handler.locator('[name="disposalId"]').selectOption({ index: open > 1 ? 1 : 0 });
    await handler.locator('[name="result"]').fill("1 个用户的数据已删除");
    await press(handler, t("desk.plan.finish"));
    const said = open > 1 ? t("desk.done.completed") : t("desk.done.answered", { number });
    await expect(handler.getByText(said)).toBeVisible();
    if (open > 1) await expect(left).toHaveCount(open - 1);
  }
}

const wordsFor = ({ number }: Case): string => `您的请求 ${number} 已经核对。`;

/** Who asked reads what was answered, and takes away what came with it. */
async function readAnswer(page: Page, one: Case): Promise<void> {
  const { type, locale, number, isGranted } = one;
  const { requests: t } = WORDS[locale];
  await page.goto(`/${locale}/requests/${number}`, LOADED);
  await expect(page.getByText(wordsFor(one))).toBeVisible();
  await expect(
    page.getByText(t(`outcome.${isGranted ? "fulfilled" : "refused"}`)).first(),
  ).toBeVisible();
  if (!WITH_FILE.includes(type)) return;
  const address = await page.getByRole("link", { name: FILE.name }).getAttribute("href");
  const given = await page.request.get(address ?? "");
  expect(await given.body()).toEqual(FILE.buffer);
}

/** A browser of a person's own, with scripts or without. */
async function open(
  browser: Browser,
  person: Parameters<typeof sessionOf>[0],
  javaScriptEnabled: boolean,
): Promise<Page> {
  const context = await browser.newContext({ locale: "zh-CN", javaScriptEnabled });
  // As a header it would be lost on the way from a form to the page after it.
  const [name = "", value = ""] = (await sessionOf(person)).split("=");
  await context.addCookies([{ name, value, url: `http://localhost:${process.env.E2E_PORT}` }]);
  return context.newPage();
}
