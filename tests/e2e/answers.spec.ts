import { eq, sql } from "drizzle-orm";

import { db } from "@/db/client";
import { accounts, members, sessions, users, workBudgets } from "@/db/schema";
import { hashSessionToken } from "@/domain/access/secrets";
import { WORK_BUDGETS } from "@/domain/access/spend-budget";

import { ask, inTurns } from "./support/ask";
import { cookieOf, personOf } from "./support/people";
import { givenRecords, type Records } from "./support/records";
import { ROLES, type Role } from "./support/roles";
import { addressOf } from "./support/rules";
import { PAGES } from "./support/surfaces";
import { expect, type Page, test } from "./support/test";
import { wordsOf } from "./support/words";

/** What every answer is, and what is left of it where it was read. */
const cookies = new Map<Role, string>();
let records: Records;

test.beforeAll(async () => {
  records = await givenRecords();
  for (const role of ROLES) cookies.set(role, await cookieOf(role));
});

const readerOf = (route: string): Role => {
  const rule = PAGES[route]?.rule;
  return rule === "anyone" ? "anonymous" : (rule?.[0] ?? "anonymous");
};
const visit = (route: string, headers: Record<string, string> = {}) =>
  ask(addressOf(route, records), {
    headers: { cookie: cookies.get(readerOf(route)) ?? "", ...headers },
  });

/** IANA's names of what we send, with the charset wherever the type has one (RFC 6838, RFC 8259). */
const TYPES: Record<string, (body: string) => boolean> = {
  "text/html; charset=utf-8": (body) => /^<!doctype html>/i.test(body),
  "text/plain; charset=utf-8": () => true,
  "text/csv; charset=utf-8": (body) => /^\ufeff|^[^,\n]+,/.test(body),
  "text/markdown; charset=utf-8": (body) => !/^\s*[<{]/.test(body),
  "text/css; charset=utf-8": (body) => body.includes("{"),
  "text/javascript; charset=utf-8": (body) => !/^\s*</.test(body),
  "application/javascript; charset=utf-8": (body) => !/^\s*</.test(body),
  "text/calendar; charset=utf-8": (body) => body.startsWith("BEGIN:VCALENDAR"),
  "application/xml; charset=utf-8": (body) => body.startsWith("<?xml"),
  "application/atom+xml; charset=utf-8": (body) => body.startsWith("<?xml"),
  "image/svg+xml; charset=utf-8": (body) => body.startsWith("<svg"),
  "application/json": isJson,
  "application/json; charset=utf-8": isJson,
  "application/feed+json; charset=utf-8": isJson,
  "application/problem+json; charset=utf-8": isJson,
};

function isJson(body: string): boolean {
  JSON.parse(body);
  return true;
}

test("every answer with a body says what it is, in which charset, and is that", async () => {
  test.setTimeout(200_000);
  const wrong: string[] = [];
  const files = new Set(["/gaozhi-bell.js", "/robots.txt", "/nothing.json", "/api/nothing"]);
  const look = async (address: string, answer: Response) => {
    const body = Buffer.from(await answer.arrayBuffer());
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(body);
    for (const [, file = ""] of text.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+)"/g))
      files.add(file);
    if (body.length === 0) return;
    const type = (answer.headers.get("content-type") ?? "none").toLowerCase().replace(/; */, "; ");
    const isIt = TYPES[type];
    // A proof file is what it was recognised as, and is saved, never shown.
    const isSaved = answer.headers.get("content-disposition")?.startsWith("attachment") ?? false;
    if (isIt ? !isIt(text) : !isSaved) wrong.push(`${address}: ${type} ${text.slice(0, 60)}`);
  };
  await inTurns(Object.keys(PAGES), async (route) => {
    await look(route, await visit(route));
    await look(`${route} of a stranger`, await ask(addressOf(route, records)));
  });
  await inTurns([...files], async (file) => look(file, await ask(file)));
  process.stdout.write(`types: ${Object.keys(PAGES).length} routes, ${files.size} files\n`);
  expect(wrong).toEqual([]);
});

/** Ends a script, a comment, an attribute and a line of JavaScript. */
const ENDING = `</script><x-mark a='"--></style>\u2028`;
const NAMES = [
  ["users", "name"],
  ["accounts", "name"],
  ["apps", "name"],
  ["products", "name_zh"],
  ["products", "name_en"],
  ["contacts", "name"],
  ["api_tokens", "name"],
  ["sessions", "device"],
] as const;

/** Row by row: who has been erased, and what may not change any more, stays as it is. */
async function changeNames(to: (column: string) => string): Promise<void> {
  for (const [table, column] of NAMES)
    await db.execute(
      sql.raw(`do $$ declare one record; begin
        for one in select ctid from ${table} loop
          begin update ${table} set ${column} = ${to(column)} where ctid = one.ctid;
          exception when others then null; end;
        end loop; end $$`),
    );
}

test("the end of a script in everybody's and everything's name ends no script, on any page or in its data", async () => {
  const ending = `'${ENDING.replaceAll("'", "''")}'`;
  test.setTimeout(200_000);
  const wrong: string[] = [];
  let shown = 0;
  await changeNames((column) => `${column} || ${ending}`);
  try {
    await inTurns(Object.keys(PAGES), async (route) => {
      for (const headers of [{}, { RSC: "1" }]) {
        const answer = await visit(route, headers);
        const body = await answer.text();
        const type = answer.headers.get("content-type") ?? "";
        if (body.includes("x-mark")) shown += 1;
        if (answer.status >= 500) wrong.push(`${route}: ${answer.status}`);
        if (type.startsWith("text/html") && body.includes("<x-mark")) wrong.push(route);
        if (type.includes("json") && body) JSON.parse(body);
      }
    });
  } finally {
    await changeNames((column) => `replace(${column}, ${ending}, '')`);
  }
  process.stdout.write(`the end of a script: shown by ${shown} answers\n`);
  expect(shown).toBeGreaterThan(40);
  expect(wrong).toEqual([]);
});

/** What a browser holds of a site, besides its pages. */
const heldBy = async (page: Page) => ({
  ...(await page.evaluate(async () => ({
    local: { ...localStorage } as Record<string, string>,
    session: { ...sessionStorage } as Record<string, string>,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker?.getRegistrations())?.length ?? 0,
  }))),
  cookies: Object.fromEntries(
    (await page.context().cookies()).map(({ name, value }) => [name, value]),
  ),
});

test("a browser keeps nothing of a person but their session, and signing out leaves nothing to read", async ({
  page,
  context,
  baseURL,
}) => {
  const owner = await personOf("owner");
  const [name = "", value = ""] = (cookies.get("owner") ?? "").split(/=(.*)/s);
  await context.addCookies([{ name, value, url: baseURL ?? "", httpOnly: true }]);
  for (const path of ["home", "inbox", "account", "requests", "settings", "acknowledgements"])
    await page.goto(`/zh-CN/${path}`);
  const held = await heldBy(page);
  expect(held).toMatchObject({ databases: 0, caches: 0, workers: 0 });
  const [account] = await db
    .select({ name: accounts.name, uin: accounts.uin })
    .from(accounts)
    .innerJoin(members, eq(members.accountId, accounts.id))
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(users.id, owner.id));
  const kept = JSON.stringify({ ...held, cookies: { ...held.cookies, [name]: "" } });
  for (const own of [owner.email, owner.name, owner.id, account!.name, account!.uin])
    expect(kept).not.toContain(own);
  expect(Object.keys(held.local).filter((key) => !["theme", "shortcuts"].includes(key))).toEqual(
    [],
  );

  await page.goto("/zh-CN/home");
  const answered = page.waitForResponse((response) => response.url().endsWith("/sign-out"));
  await page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('form[action$="/sign-out"]');
    form?.requestSubmit();
  });
  expect((await (await answered).allHeaders())["clear-site-data"]).toContain('"cache"');
  await page.waitForURL(/\/zh-CN$/);
  expect((await context.cookies()).find((one) => one.name === name)?.value ?? "").toBe("");
  // Neither from the browser's memory nor from the server.
  await page.goBack();
  await page.waitForURL(/\/sign-in/);
  // Its name stands among the people of the demo, its number nowhere.
  await expect(page.getByText(account!.uin)).toHaveCount(0);
});

test("a page that stands open when its session ends keeps nothing but what was typed", async ({
  page,
  context,
  baseURL,
}) => {
  const owner = await personOf("owner");
  const [name = "", value = ""] = (await cookieOf("owner")).split(/=(.*)/s);
  await context.addCookies([{ name, value, url: baseURL ?? "", httpOnly: true }]);
  await page.goto("/zh-CN/account");
  await expect(page.getByRole("main").getByText(owner.email).first()).toBeVisible();
  const seenAgain = () =>
    page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));

  const asked = page.waitForResponse((response) => response.url().endsWith("/api/auth/session"));
  await seenAgain();
  expect((await asked).status()).toBe(200);
  await expect(page.getByRole("main").getByText(owner.email).first()).toBeVisible();

  await page.evaluate(() => {
    const field = document.createElement("textarea");
    document.querySelector("main")?.append(field);
    field.value = "写到一半的话";
  });
  await db.delete(sessions).where(eq(sessions.tokenHash, hashSessionToken(value)));
  await seenAgain();
  const { ui } = wordsOf("zh-CN");
  await expect(page.getByRole("heading", { name: ui("ended.title") })).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveValue("写到一半的话");
  expect(await page.content()).not.toContain(owner.email);
  await page.getByRole("link", { name: ui("ended.signIn") }).click();
  await page.waitForURL(/\/sign-in\?return=/);
});

test("who asks for too much is told so in their language, with when to come again", async () => {
  const path = `/policies/${records.slug}/${records.label}/changes`;
  // For the signed-in, for whom nothing is kept.
  const headers = { cookie: cookies.get("owner") ?? "" };
  try {
    expect((await ask(`/zh-CN${path}`, { headers })).status).toBe(200);
    await db.update(workBudgets).set({ spent: WORK_BUDGETS.comparison.network });
    for (const locale of ["zh-CN", "en"] as const) {
      const answer = await ask(`/${locale}${path}`, { headers });
      const body = await answer.text();
      expect(answer.status).toBe(429);
      const seconds = Number(answer.headers.get("retry-after"));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(body).toContain(`<html lang="${locale}"`);
      expect(body).toContain(wordsOf(locale).errors("door.tooMany.title"));
      expect(body).toContain(`${seconds} ${locale === "en" ? "s" : "秒"}`);
    }
  } finally {
    await db.delete(workBudgets);
  }
});
