import { listMails } from "@/lib/mailbox";
import { shanghaiMinute } from "@/lib/shanghai";

import { agree, confirms, enter, press, zh } from "./support/request-desk";
import { givenProductOfItsOwn, givenAccountWithApp, givenWriter } from "./support/concerned";
import { explainFound } from "./support/loop";
import { linkIn, mailTo } from "./support/mailbox";
import { refill } from "./support/ready";
import { signInByMail } from "./support/sign-in";
import { expect, type Page, type Response, test } from "./support/test";

const HOUR = 3_600_000;
const TITLE = "安卓端录制缓存可被其他应用读取";
const SITUATION = "7.9 至 8.0 版把录制缓存写在共享目录，其他应用可以读取。";
const WIDER = "其他版本没有这个问题。";
const CORRECTED = "7.9 至 8.0 版把录制缓存写在共享目录，仅限安卓 9 及以下的系统。";
const TAKEN = "已停止下发受影响的版本。";
const PLANNED = "发布 8.1.0，改用应用私有目录。";
const ADVICE = ["升级到 8.1.0。", "删除共享目录里的旧缓存。"] as const;
const FOR_END_USERS = "请更新应用，并删除旧的录制文件。";
const OWNER = { name: "顾言", email: "gu.yan@tinglan.example", role: "owner" } as const;
const VIEWER = { name: "沐青", email: "mu.qing@tinglan.example", role: "viewer" } as const;
const LATE = { name: "秦望", email: "qin.wang@yuanxiu.example", role: "owner" } as const;
const SPARED = { name: "季安", email: "ji.an@andu.example", role: "owner" } as const;
const FINAL = "已修复并完成复盘，没有发现缓存被他人读取。";
const SILENT_REASON = "没有新的行动要求，结论写在页面上。";

test("P17 P18 P19 P20 P21 P22: an incident is told to whom it concerns and to nobody else, corrected, and closed", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const { productId, near, far, spared } = await givenAccounts();
  const told = [...near.emails, ...far.emails];
  const author = await enter(browser, (await givenWriter()).email);
  const approver = await enter(browser, "shen.anlan@yunqiao.example");

  // 1 The incident, its clock, and the first notice: what is required is asked for, nothing is lost.
  const number = await openIncident(author, productId);
  await expect(author.getByText(zh.incidents("desk.clock.running")).first()).toBeVisible();
  await press(author, zh.incidents("desk.next.start.initial"));
  await author.waitForURL(/\/notices\/[0-9a-f-]+$/);
  const draft = author.url();
  await press(author, zh.reviews("composer.submit"));
  const saved = author.getByRole("status").filter({ hasText: /^已保存/ });
  await expect(author.getByText(zh.notices("errors.missing.measureTime")).first()).toBeVisible();
  await expect(saved).toBeVisible();
  await author.goto(draft);
  const unsaved = author.getByRole("status").filter({ hasText: zh.ui("form.unsaved") });
  await expect(saved).toBeVisible();
  await writeFirstNotice(author);
  await expect(unsaved).toBeVisible();
  await expect(saved).toHaveCount(0);
  await press(author, zh.reviews("composer.submit"));
  const refusal = author.getByRole("alert").filter({ hasText: zh.notices("errors.incomplete") });
  await expect(refusal).toContainText(zh.notices("errors.missing.adviceEndUsers"));
  await expect(saved).toBeVisible();
  await expect(unsaved).toHaveCount(0);
  await expect(author.locator('[name="situation.zh-CN"]')).toHaveValue(SITUATION);
  await expect(author.locator('[name="adviceDevelopers.1.zh-CN"]')).toHaveValue(ADVICE[1]);
  await author.locator('[name="adviceEndUsers.zh-CN"]').fill(FOR_END_USERS);
  await press(author, zh.reviews("composer.save"));
  await expect(refusal).toHaveCount(0);

  // 2 Whom it concerns, by the version of their SDK, counted exactly.
  await press(author, zh.incidents("desk.aside.editAudience"));
  await author.waitForURL(/\/audience$/);
  await author.locator('[name="by"][value="rule"]').check();
  await author.locator('[name="versionRange"]').fill(">=7.9.0 <8.1.0");
  await press(author, zh.incidents("desk.audienceForm.save"));
  const count = zh.incidents("desk.audience.people", { accounts: "2", apps: "2" });
  await expect(author.getByText(`3 ${count}`)).toBeVisible();
  for (const { sdkAppId } of [near, far]) await expect(author.getByText(sdkAppId)).toBeVisible();
  await expect(author.getByText(spared.sdkAppId)).toHaveCount(0);

  // 3 Nobody approves their own work; a second person does.
  await author.goto(draft);
  await submit(author);
  await expect(author.getByText(zh.incidents("desk.decision.ownWork"))).toBeVisible();
  const itself = { name: zh.incidents("desk.decision.approve"), exact: true };
  await expect(author.getByRole("button", itself)).toBeDisabled();

  // Sent back once, it shows the approver word by word what is different when it comes again.
  await approver.goto(`${draft}/review`);
  await approver.locator('[name="reason"]').fill("请写明范围。");
  await press(approver, zh.reviews("decision.reject"));
  await approver.waitForURL((url) => !url.pathname.endsWith("/review"));
  await author.goto(draft);
  await refill(author.locator('[name="situation.zh-CN"]'), `${SITUATION}${WIDER}`);
  await submit(author);
  await approver.goto(`${draft}/review`);
  await expect(approver.locator("#since ins")).toHaveText([WIDER]);
  await expect(approver.locator("#since del")).toHaveCount(0);
  await approve(approver, { number, tells: "3" });

  // 4 Everybody concerned has a mail with all its parts, and the message; the spared one has neither.
  for (const { emails, sdkAppId } of [near, far])
    for (const email of emails) {
      const { text, html } = await mailTo(email, { subject: new RegExp(TITLE) });
      for (const part of [SITUATION, TAKEN, PLANNED, ...ADVICE, FOR_END_USERS, sdkAppId]) {
        expect(text).toContain(part);
        expect(html).toContain(part);
      }
      for (const other of [near, far, spared].filter((one) => one.sdkAppId !== sdkAppId))
        expect(text).not.toContain(other.sdkAppId);
    }
  await approver.getByRole("link", { name: zh.incidents("desk.published.board") }).click();
  const others = zh.broadcasts("board.progress.allArrived");
  const arrived = { delivered: "3", others, accounts: 0 };
  // The worker looks every minute whether a broadcast has ended.
  await expect(approver.getByText(zh.broadcasts("board.progress.finished", arrived))).toBeVisible({
    timeout: 75_000,
  });
  const delivered = zh.broadcasts("board.status.delivered");
  for (const email of told)
    await expect(approver.getByRole("row").filter({ hasText: email })).toContainText(delivered);
  const sparedPage = await enter(browser, SPARED.email);
  const answer = await sparedPage.goto(`/zh-CN/incidents/${number}`);
  expect(answer?.status()).toBe(404);
  await expect(sparedPage.getByText(zh.incidents("missing.title"))).toBeVisible();
  await expect(sparedPage).toHaveTitle(new RegExp(zh.incidents("missing.title")));
  await sparedPage.goto("/zh-CN/no-such-page");
  await expect(sparedPage).toHaveTitle(new RegExp(zh.errors("page.notFoundTitle")));
  await sparedPage.goto("/zh-CN/inbox");
  await expect(sparedPage.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(sparedPage.getByRole("link", { name: TITLE })).toHaveCount(0);

  // 5 The mail leads, past the sign-in, to what it means for the reader's own app.
  const reader = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  const first = await mailTo(OWNER.email, { subject: new RegExp(TITLE) });
  await reader.goto(linkIn(first, `/incidents/${number}`));
  await expect(reader.getByText(SITUATION)).toHaveCount(0);
  await reader.getByRole("link", { name: zh.incidents("missing.signIn"), exact: true }).click();
  await signInByMail(reader, OWNER.email);
  await expect(reader).toHaveURL(new RegExp(`/zh-CN/incidents/${number}`));
  const own = reader.locator("#own");
  await expect(own.getByRole("heading", { name: zh.incidents("own.title") })).toBeVisible();
  await expect(own).toContainText(near.sdkAppId);
  await expect(own).toContainText(zh.incidents("own.affected", { count: 1 }));
  await expect(reader.getByText(far.sdkAppId)).toHaveCount(0);
  const advice = own.getByRole("checkbox", { name: ADVICE[0] });
  await advice.click();
  await expect(advice).toBeChecked();
  await expect(own).toContainText(zh.incidents("own.progress", { done: 1, all: 2 }));
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await reader.context().storageState(),
  });
  const plainPage = await plain.newPage();
  // On every page, without scripts too, a banner says what is left to do, until it is done.
  await plainPage.goto("/zh-CN/settings");
  await expect(bannerOn(plainPage)).toHaveCount(1);
  await bannerOn(plainPage).click();
  await expect(plainPage).toHaveURL(new RegExp(`/zh-CN/incidents/${number}`));
  await plainPage.getByRole("checkbox", { name: ADVICE[1] }).click();
  await expect(plainPage.locator("#own")).toContainText(
    zh.incidents("own.progress", { done: 2, all: 2 }),
  );
  await expect(bannerOn(plainPage)).toHaveCount(0);
  await plainPage.getByRole("checkbox", { name: ADVICE[1] }).click();
  await expect(plainPage.getByRole("checkbox", { name: ADVICE[1] })).not.toBeChecked();
  const colleague = await enter(browser, VIEWER.email);
  await colleague.goto(`/zh-CN/incidents/${number}`);
  await expect(colleague.locator("#own")).toContainText(`${OWNER.name} 完成于`);
  await expect(colleague.locator("#own").getByRole("checkbox")).toHaveCount(0);
  await colleague.goto("/zh-CN/inbox");
  await expect(bannerOn(colleague)).toHaveCount(1);
  const message = colleague.getByRole("main");
  await toldIn(colleague).first().click();
  await colleague.waitForURL(/\/inbox\/[0-9a-f-]+$/);
  await expect(message.getByText(FOR_END_USERS).first()).toBeVisible();
  await expect(message.getByText(near.sdkAppId).first()).toBeVisible();

  // 6 A correction is told again; what it corrects stays where it was, and says so.
  await author.goto(`/zh-CN/ops/incidents/${number}`);
  await expect(author.getByText(zh.incidents("desk.clock.kept")).first()).toBeVisible();
  await press(author, zh.incidents("desk.next.start.correction"));
  await author.waitForURL(/\/notices\/[0-9a-f-]+$/);
  await refill(author.locator('[name="situation.zh-CN"]'), CORRECTED);
  await submit(author);
  await approve(approver, { number, tells: "3" });
  for (const email of told) await mailTo(email, { subject: /更正/, text: new RegExp(CORRECTED) });
  await reader.goto(`/zh-CN/incidents/${number}`);
  await expect(reader.locator("#notice-1")).toContainText(SITUATION);
  await expect(reader.locator("#notice-1")).toContainText("已由第 2 号通知更正");
  await expect(reader.locator("#notice-2 del")).toContainText(SITUATION);
  await expect(reader.locator("#notice-2 ins")).toContainText(CORRECTED);

  // 7 The final report stands on the page and, with a reason, is told to nobody.
  await author.goto(`/zh-CN/ops/incidents/${number}`);
  await author.locator('[name="to"][value="resolved"]').check();
  const resolved = await author.locator('[name="at"]').inputValue();
  await author.locator('[name="begunAt"]').fill(resolved);
  await author.locator('[name="containedAt"]').fill(resolved);
  await press(author, zh.incidents("desk.move.submit"));
  await confirms(author, zh.incidents("desk.done.moved"));
  await press(author, zh.incidents("desk.next.start.final"));
  await author.waitForURL(/\/notices\/[0-9a-f-]+$/);
  await refill(author.locator('[name="situation.zh-CN"]'), FINAL);
  await author.locator('[name="notifies"][value="no"]').check();
  await press(author, zh.reviews("composer.submit"));
  await expect(refusal).toContainText(zh.notices("errors.missing.silentReason"));
  await author.locator('[name="silentReason"]').fill(SILENT_REASON);
  await submit(author);
  await approve(approver, { number, tells: null });
  await expect(approver.getByText(SILENT_REASON).first()).toBeVisible();
  await reader.reload();
  await expect(reader.locator("#notice-3")).toContainText(FINAL);
  for (const email of told) expect(await mailsAbout(email)).toHaveLength(2);
  expect(await mailsAbout(SPARED.email)).toHaveLength(0);
  await reader.goto("/zh-CN/inbox");
  await expect(toldIn(reader)).toHaveCount(2);

  // One look at the incident reads every message that told of it.
  const late = await enter(browser, LATE.email);
  await late.goto("/zh-CN/inbox?show=unread");
  await expect(toldIn(late)).toHaveCount(2);
  // The popup that was put off posts as well, from the inbox.
  const reads = (answer: Response) =>
    answer.request().method() === "POST" && answer.url().endsWith(number);
  await Promise.all([late.waitForResponse(reads), late.goto(`/zh-CN/incidents/${number}`)]);
  await late.goto("/zh-CN/inbox?show=unread");
  await expect(late.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(toldIn(late)).toHaveCount(0);
});

/** What stands above every page while it wants action. */
const bannerOn = (page: Page) =>
  page
    .getByRole("list", { name: zh.home("console.banner.incidents") })
    .getByRole("link", { name: TITLE });

/** The messages that tell of it; above them stands what it asks for. */
const toldIn = (page: Page) =>
  page.getByRole("list", { name: zh.inbox("list") }).getByRole("link", { name: TITLE });

/** Two accounts whose versions are concerned, 7.10 among them, and one that has the repaired one. */
async function givenAccounts() {
  const { id: productId } = await givenProductOfItsOwn();
  const near = await givenAccountWithApp({
    ...{ productId, account: "听澜会议", app: "听澜", platforms: { android: "7.10.2" } },
    people: [OWNER, VIEWER],
  });
  const far = await givenAccountWithApp({
    ...{ productId, account: "远岫课堂", app: "远岫", platforms: { android: "8.0.1" } },
    people: [LATE],
  });
  const spared = await givenAccountWithApp({
    ...{ productId, account: "安渡直播", app: "安渡", platforms: { android: "8.1.0" } },
    people: [SPARED],
  });
  return { productId, near, far, spared };
}

/** Opens an incident that only affected accounts may read of; its number. */
async function openIncident(page: Page, productId: string): Promise<string> {
  await page.goto("/zh-CN/ops/incidents/new");
  await page.locator('[name="productId"]').selectOption(productId);
  await page.locator('[name="title.zh-CN"]').fill(TITLE);
  await page.locator('[name="kind"]').selectOption("vulnerability");
  await page.locator('[name="severity"][value="larger"]').check();
  await page.locator('[name="dataKinds.zh-CN"]').fill("通话录制文件");
  await page.locator('[name="cause.zh-CN"]').fill("缓存目录选择有误。");
  await page.locator('[name="contact"]').fill("security@yunqiao.example");
  await page.locator('[name="visibility"][value="affected"]').check();
  await press(page, zh.incidents("desk.incidentForm.open"));
  await confirms(page, zh.incidents("desk.done.opened"));
  return /\/ops\/incidents\/([^/?]+)/.exec(page.url())?.[1] ?? "";
}

/** Everything but the advice to end users. */
async function writeFirstNotice(page: Page): Promise<void> {
  const fill = (name: string, text: string) => page.locator(`[name="${name}"]`).fill(text);
  const at = (hours: number) => shanghaiMinute(new Date(Date.now() + hours * HOUR));
  await fill("situation.zh-CN", SITUATION);
  await fill("measures.0.at", at(-1));
  await fill("measures.0.text.zh-CN", TAKEN);
  await press(page, zh.incidents("browser.measures.add"));
  await page.locator('[name="measures.1.state"]').selectOption("planned");
  await fill("measures.1.at", at(48));
  await fill("measures.1.text.zh-CN", PLANNED);
  await fill("adviceDevelopers.0.zh-CN", ADVICE[0]);
  await press(page, zh.incidents("browser.advice.add"));
  await fill("adviceDevelopers.1.zh-CN", ADVICE[1]);
}

async function submit(page: Page): Promise<void> {
  await explainFound(page, "zh-CN");
  await press(page, zh.reviews("composer.submit"));
  await confirms(page, zh.incidents("desk.done.submitted"));
}

/** Approves what waits of an incident; `tells` is how many people, null for nobody. */
async function approve(page: Page, { number, tells }: { number: string; tells: string | null }) {
  await page.goto(`/zh-CN/ops/incidents/${number}`);
  await page.getByRole("link", { name: zh.incidents("desk.next.review"), exact: true }).click();
  await press(page, zh.incidents("desk.decision.approve"));
  if (tells)
    await expect(page.getByRole("dialog")).toContainText(
      zh.reviews("decision.approveAndTell", { people: tells }),
    );
  await agree(page);
  await confirms(page, zh.incidents(tells ? "desk.done.approved" : "desk.done.approvedSilent"));
}

const mailsAbout = async (to: string) =>
  (await listMails({ to, limit: 50 })).filter(({ subject }) => subject.includes(TITLE));
