import { and, eq, isNull } from "drizzle-orm";
import { Webhook } from "standardwebhooks";

import { db } from "@/db/client";
import { apps, endpoints } from "@/db/schema";
import type { Person } from "@/domain/context";
import { pushPublicKey } from "@/lib/web-push";
import { startEndpoints } from "@/stand-ins/endpoints/start";
import type { Subscription } from "@/stand-ins/push/service";
import { PARTS } from "@/tests/support/notices";

import { givenPublishedIncident } from "./support/incidents";
import { personOf, sessionOf } from "./support/people";
import { untilReady } from "./support/ready";
import { agree, enter, press } from "./support/request-desk";
import { expect, type Page, test } from "./support/test";
import { wordsOf } from "./support/words";

const { endpoints: t } = wordsOf("zh-CN");
/** A robot's receiver has a path of its own in the stand-in. */
const ROBOT = "/cgi-bin/webhook/send";

let receiver: Awaited<ReturnType<typeof startEndpoints>>;
test.beforeAll(async () => {
  receiver = await startEndpoints({ port: Number(process.env.ENDPOINT_HOSTS?.split(":")[1]) });
});
test.afterAll(() => receiver.close());

test("P18: a webhook is added, tested, told of an incident, tried again, replayed and removed; a robot shows its card", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const owner = await personOf("owner");
  const appId = await appOf(owner);
  const posts = (path: string, part = "") =>
    receiver.received.filter((one) => one.path === path && one.body.includes(part));
  const untilPosted = (path: string, part: string, count: number) =>
    expect
      .poll(() => posts(path, part).length, { message: `${path} ${part}`, timeout: 30_000 })
      .toBe(count);
  const page = await enter(browser, owner.email);

  // What may not be posted to is said at its field, and what was typed stays.
  await add(page, { name: "值班系统", address: "https://10.0.0.8/hook" });
  await expect(page.getByText(t("errors.address.not_public")).first()).toBeVisible();
  await expect(page.locator('[name="name"]')).toHaveValue("值班系统");
  await page.locator('[name="address"]').fill(`${receiver.url}/hook`);
  await press(page, t("form.submit"));
  await expect(page.getByText(t("saved.added"))).toBeVisible();
  const hook = page.url().replace(/\?.*$/, "");

  await page.getByText(t("page.secretShow")).click();
  const secret = await page.locator("code").first().innerText();
  const verified = ({ body, headers }: (typeof receiver.received)[number]) =>
    new Webhook(secret).verify(body, headers);
  await press(page, t("page.test"));
  await untilPosted("/hook", "", 1);
  posts("/hook").forEach(verified);

  // An incident: the first attempt fails, the next carries the same under the same id.
  receiver.meet({ status: 503 });
  const first = await givenPublishedIncident(appId);
  await untilPosted("/hook", first.incidentNumber, 2);
  const tried = posts("/hook", first.incidentNumber);
  expect(tried.map(({ status }) => status)).toEqual([503, 200]);
  tried.forEach(verified);

  // Its log: two attempts, and once more by a button.
  await logged(page, hook, t("page.triesOf", { count: 2 }));
  await press(page, t("page.replayNamed", { what: `${PARTS.title["zh-CN"]}` }));
  await untilPosted("/hook", first.incidentNumber, 3);
  const same = posts("/hook", first.incidentNumber).map(
    ({ body, headers }) => `${headers["webhook-id"]} ${body}`,
  );
  expect(new Set(same).size).toBe(1);

  // A robot of a group chat, and the webhook's end: the next incident reaches the one alone.
  await add(page, { name: "安全群", address: `${receiver.url}${ROBOT}?key=k1`, channel: "wecom" });
  await expect(page.getByText(t("saved.added"))).toBeVisible();
  await page.goto(hook);
  await untilReady(page.getByRole("button", { name: t("page.remove"), exact: true }));
  await press(page, t("page.remove"));
  await agree(page);
  await expect(page.getByText(t("saved.removed"))).toBeVisible();
  const second = await givenPublishedIncident(appId);
  await untilPosted(ROBOT, second.incidentNumber, 1);
  expect(posts(ROBOT)[0]).toMatchObject({ code: 0, isTaken: true });
  expect(posts("/hook", second.incidentNumber)).toEqual([]);
});

test("P18: a browser is asked for consent, shown a test and an incident, renewed, turned off, and left", async ({
  browser,
  baseURL,
}) => {
  const owner = await personOf("owner");
  const page = await enter(browser, owner.email);
  // A browser's own cookies: the mark among them is what the portal knows it by.
  const [name = "", value = ""] = (await sessionOf(owner)).split("=");
  await page.context().setExtraHTTPHeaders({});
  await page.context().addCookies([{ name, value, url: baseURL ?? "", httpOnly: true }]);
  await page.context().grantPermissions(["notifications"]);
  await subscribesTo(page, receiver.push.subscribe(pushPublicKey(process.env.PUSH_KEY ?? "")));
  const shown = (part: string) =>
    receiver.received.filter(({ path, body }) => path.startsWith("/push/") && body.includes(part));
  const untilShown = (part: string) =>
    expect.poll(() => shown(part).length, { message: part, timeout: 30_000 }).toBe(1);

  await page.goto("/zh-CN/settings");
  const section = page.locator("#browsers");
  await expect(section.getByText(t("browser.here.off"))).toBeVisible();
  await section.getByRole("button", { name: t("browser.add"), exact: true }).click();
  await expect(section.getByText(t("browser.here.on"))).toBeVisible();
  await section.getByRole("button", { name: /发送测试$/ }).click();
  await expect(section.getByText(t("browser.tested"))).toBeVisible();
  await untilShown(t("post.testBrowser", { vendor: "云桥科技" }));

  const incident = await givenPublishedIncident(await appOf(owner));
  await untilShown(incident.incidentNumber);
  const [{ body = "" } = {}] = shown(incident.incidentNumber);
  expect(await notificationsOf(page, body)).toEqual([
    { title: expect.anything(), body: expect.stringContaining(PARTS.situation["zh-CN"]!) },
  ]);

  // Its push service gives it another address: the worker says so, and what comes next goes there.
  const renewed = receiver.push.subscribe(pushPublicKey(process.env.PUSH_KEY ?? ""));
  await changesTo(page, renewed);
  await section.getByRole("button", { name: /发送测试$/ }).click();
  const { pathname } = new URL(renewed.endpoint);
  await expect.poll(() => receiver.received.filter(({ path }) => path === pathname).length).toBe(1);

  await section.getByRole("button", { name: /^关闭 .* 的通知$/ }).click();
  await expect(section.getByText(t("end.removed"))).toBeVisible();
  await expect(section.getByText(t("browser.here.off"))).toBeVisible();

  // Who signs out hears nothing more here.
  await section.getByRole("button", { name: t("browser.add"), exact: true }).click();
  await expect(section.getByText(t("browser.here.on"))).toBeVisible();
  await page.evaluate(() =>
    document.querySelector<HTMLFormElement>('form[action$="/sign-out"]')!.requestSubmit(),
  );
  const standing = and(eq(endpoints.userId, owner.id), isNull(endpoints.endedAt));
  await expect.poll(() => db.$count(endpoints, standing)).toBe(0);
});

/** What the browser tells the service worker when its push service has changed a subscription. */
async function changesTo(page: Page, { endpoint, keys }: Subscription): Promise<void> {
  const [worker] = page.context().serviceWorkers();
  await worker!.evaluate(
    ([address, p256dh, auth]) =>
      new Promise<void>((resolve, reject) => {
        const newSubscription = {
          endpoint: address,
          toJSON: () => ({ keys: { p256dh, auth } }),
        };
        const waitUntil = (work: Promise<unknown>) => void work.then(() => resolve(), reject);
        const event = new Event("pushsubscriptionchange");
        self.dispatchEvent(Object.assign(event, { newSubscription, waitUntil }));
      }),
    [endpoint, keys.p256dh, keys.auth] as const,
  );
}

/** Stands in for the browser's own push service, which is the vendor's: what the page asks is answered by ours. */
const subscribesTo = (page: Page, { endpoint, keys }: Subscription) =>
  page.addInitScript(
    ([address, p256dh, auth]) => {
      const bytesOf = (text: string) =>
        Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) =>
          one.charCodeAt(0),
        ).buffer;
      const subscription = {
        endpoint: address,
        options: {},
        getKey: (name: string) => bytesOf((name === "auth" ? auth : p256dh)!),
        unsubscribe: () => Promise.resolve(true),
      };
      const kept = () => localStorage.getItem("tests.subscribed");
      Object.assign(PushManager.prototype, {
        getSubscription: () => Promise.resolve(kept() ? subscription : null),
        subscribe: () => {
          localStorage.setItem("tests.subscribed", "yes");
          return Promise.resolve(subscription);
        },
      });
    },
    [endpoint, keys.p256dh, keys.auth] as const,
  );

/** Hands a message to the page's service worker as the browser does, and reads what it then shows. */
async function notificationsOf(page: Page, data: string): Promise<{ title: string }[]> {
  const session = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [one] = registrations;
      if (one) resolve(one.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const { origin } = new URL(page.url());
  const pushed = { origin, registrationId: await registered, data };
  // A repeated message takes the place of the first.
  for (let n = 0; n < 2; n += 1) await session.send("ServiceWorker.deliverPushMessage", pushed);
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const all = await registration.getNotifications();
      return all.map(({ title, body }) => ({ title, body }));
    });
  await expect.poll(async () => (await shown()).length).toBe(1);
  return shown();
}

/** An app of somebody's account. */
async function appOf({ memberships: [membership] }: Person): Promise<string> {
  const own = eq(apps.accountId, membership?.accountId ?? "");
  const [app] = await db.select({ id: apps.id }).from(apps).where(own);
  return app?.id ?? "";
}

type Wish = { name: string; address: string; channel?: "wecom" };

/** Fills the form of a new endpoint and sends it. */
async function add(page: Page, { name, address, channel }: Wish): Promise<void> {
  await page.goto("/zh-CN/account/endpoints");
  await page.getByRole("link", { name: t("list.add") }).click();
  const field = page.locator('[name="name"]');
  await untilReady(field);
  if (channel) await page.locator(`[name="channel"][value="${channel}"]`).check();
  await page.locator('[name="address"]').fill(address);
  await field.fill(name);
  await press(page, t("form.submit"));
}

/** The page shows what was posted when it is opened: it is opened until it shows this. */
const logged = (page: Page, address: string, words: string) =>
  expect(async () => {
    await page.goto(address);
    await expect(page.getByText(words).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
