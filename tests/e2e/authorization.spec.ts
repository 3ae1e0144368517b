import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { isForEverybody } from "@/server/for-everybody";

import { ask, inTurns, mayBeKept } from "./support/ask";
import { builtActions, builtRoutes, prerenderedRoutes } from "./support/manifest";
import { ODD_PARTS, ODD_QUERIES } from "./support/odd-addresses";
import { cookieOf } from "./support/people";
import { argumentsOf } from "./support/posts";
import { givenRecords, type Records } from "./support/records";
import { addressOf, mayUse, RULE } from "./support/rules";
import { ROLES, type Role, type Rule } from "./support/roles";
import { ACTIONS, PAGES, PRERENDERED } from "./support/surfaces";
import { expect, test } from "./support/test";

const origin = `http://localhost:${process.env.E2E_PORT}`;
const cookies = new Map<Role, string>();
/** Every odd address and trick on every page; without it each on every fourth one. */
const isLong = process.env.WRONG_INPUT === "all";
let records: Records;

test.beforeAll(async () => {
  records = await givenRecords();
  for (const role of ROLES) cookies.set(role, await cookieOf(role));
});

const ROW = "tests/e2e/support/surfaces.ts needs a row for each of these, and no other";

test("every page and route has a rule, and every rule a surface", () => {
  expect(Object.keys(PAGES).sort(), ROW).toEqual(builtRoutes());
});

test("every server action has a rule, and every rule an action", () => {
  const built = builtActions().map(({ name }) => name);
  expect(Object.keys(ACTIONS).sort(), ROW).toEqual(built.sort());
});

test("nothing is prerendered but what is the same for everybody", () => {
  expect(prerenderedRoutes().filter((route) => !PRERENDERED.test(route))).toEqual([]);
});

test("every server action, posted at the front page and at a page that holds it, answers every role as its rule says", async () => {
  test.setTimeout(300_000);
  const deviations: string[] = [];
  let cells = 0;
  for (const { id, name, routes } of builtActions()) {
    const rule = ACTIONS[name] ?? [];
    const held = routes.flatMap((route) => (PAGES[route] ? [addressOf(route, records)] : []));
    expect(held.length, `${name} is held by a page with a rule`).toBeGreaterThan(0);
    const play = (address: string) => async (roles: readonly Role[]) => {
      const before = await fingerprint();
      const answers = await Promise.all(
        roles.map(async (role) => post(id, { address, cookie: await cookieFor(name, role) })),
      );
      const changed = before !== (await fingerprint());
      return roles.map((role, index) => ({ role, answer: answers[index] ?? "not run", changed }));
    };
    for (const address of ["/", held[0] ?? "/"])
      for (const { role, answer, changed } of await playAll(rule, play(address))) {
        cells += 1;
        if (isWrong({ rule, role, answer, changed }))
          deviations.push(
            `${name} at ${address} as ${role}: ${answer}${changed ? ", changed" : ""}`,
          );
      }
  }
  process.stdout.write(
    `actions: ${Object.keys(ACTIONS).length} surfaces × ${ROLES.length} roles × 2 = ${cells} cells\n`,
  );
  expect(deviations, RULE).toEqual([]);
});

/**
 * Those who may change nothing beside each other, since not one of them may; then those who may
 * act. Whoever did not get to act among them did so alone once more, where a change must be theirs.
 */
async function playAll(
  rule: Rule | "own",
  play: (roles: readonly Role[]) => Promise<Omit<Cell, "rule">[]>,
): Promise<Omit<Cell, "rule">[]> {
  const mayAct = (role: Role) => (rule === "own" ? role !== "anonymous" : mayUse(rule, role));
  const refused = await play(ROLES.filter((role) => !mayAct(role)));
  const acting = await play(ROLES.filter(mayAct));
  const alone: Omit<Cell, "rule">[] = [];
  for (const cell of acting)
    alone.push(...(cell.changed && cell.answer === "not run" ? await play([cell.role]) : [cell]));
  return [...refused, ...alone];
}

test("no page of the build answers 500 to any address, however odd", async () => {
  test.setTimeout(800_000);
  const visits = builtRoutes()
    .filter((known) => !known.startsWith("/_"))
    .flatMap((route, at) =>
      oddAddresses(addressOf(route, records))
        .filter((_, kind) => isLong || (kind + at) % 4 === 0)
        .map((odd) => ({ ...odd, route })),
    );
  const broken: string[] = [];
  await inTurns(visits, async ({ route, address, what }) => {
    const as = readerOf(route);
    const status = await statusOf(address, { headers: { cookie: cookies.get(as) ?? "" } });
    if (status >= 500) broken.push(`${status} ${what}: ${address.slice(0, 120)} as ${as}`);
  });
  process.stdout.write(`odd addresses: ${visits.length} visits\n`);
  expect(broken).toEqual([]);
});

test("a page for everybody runs the scripts its policy names, and no other", async () => {
  const open = Object.keys(PAGES).filter((route) => PAGES[route]?.rule === "anyone");
  const wrong: string[] = [];
  await inTurns(open, async (route) => {
    const answer = await ask(addressOf(route, records), { redirect: "follow" });
    const body = await answer.text();
    if (!answer.headers.get("content-type")?.startsWith("text/html")) return;
    const policy = answer.headers.get("content-security-policy") ?? "";
    const [nonce = "none"] = /nonce-[^']+/.exec(policy) ?? [];
    if (/script-src [^;]*'unsafe-inline'/.test(policy)) wrong.push(`${route}: ${policy}`);
    const tags = [...body.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    // The one without any attribute is the theme's, which is named by its hash.
    const strange = tags.filter((tag) => tag !== "<script>" && !tag.includes(nonce.slice(6)));
    wrong.push(...strange.map((tag) => `${route}: ${tag}`));
  });
  expect(wrong).toEqual([]);
});

test("no page may be kept by a browser or read as another type", async () => {
  const wrong: string[] = [];
  const routes = Object.keys(PAGES).filter((route) => !route.startsWith("/_"));
  await inTurns(routes, async (route) => {
    const cookie = cookies.get(readerOf(route)) ?? "";
    const address = addressOf(route, records);
    const { headers } = await ask(address, { headers: { cookie } });
    const isPage = headers.get("content-type")?.startsWith("text/html") ?? false;
    const isOfAll = cookie === "" && isForEverybody(address);
    if (isPage && !isOfAll && !headers.get("cache-control")?.includes("no-store"))
      wrong.push(`${route}: kept`);
    if (headers.get("x-content-type-options") !== "nosniff") wrong.push(`${route}: guessed`);
  });
  expect(wrong).toEqual([]);
});

test("what is answered from memory is one page for every stranger, and no page of anybody signed in", async () => {
  test.setTimeout(120_000);
  const wrong: string[] = [];
  const disguises = [{}, { "x-forwarded-host": "evil.example" }, { cookie: "theme=dark" }];
  let tries = 0;
  await inTurns(Object.keys(PAGES), async (route) => {
    const address = addressOf(route, records);
    const isOfAll = isForEverybody(address);
    const isKept = async (headers: Record<string, string>) => {
      tries += 1;
      return (await ask(address, { headers })).headers.has("cache-status");
    };
    for (const headers of isOfAll ? disguises : disguises.slice(0, 1))
      if ((await isKept(headers)) !== isOfAll) wrong.push(`${route} as a stranger`);
    for (const [role, cookie] of isOfAll ? cookies : [])
      if (cookie && (await isKept({ cookie }))) wrong.push(`${route} as ${role}`);
  });
  process.stdout.write(`kept pages: ${tries} tries\n`);
  expect(wrong).toEqual([]);
});

/** What may lead a cache to take a private page for one of everybody's, by address or by header. */
const TRICKS: readonly { header?: Record<string, string>; as?: (address: string) => string }[] = [
  { as: (address) => `${address}.md` },
  { as: (address) => `${address}/` },
  { as: (address) => `/zh-CN/policies/..%2f..${address}` },
  { as: (address) => `/zh-CN/rights;${address}` },
  { as: (address) => address.replace("/zh-CN/", "/zh-CN//") },
  { as: (address) => `${address}${address.includes("?") ? "&" : "?"}page=1` },
  { header: { "x-forwarded-host": "evil.example" } },
  { header: { "x-original-url": "/zh-CN/rights", "x-rewrite-url": "/zh-CN/rights" } },
  { header: { "x-middleware-rewrite": "/zh-CN/rights", "x-matched-path": "/zh-CN/rights" } },
  { header: { "x-gaozhi-inner": "guess", "x-gaozhi-peer": "127.0.0.1" } },
  { header: { "x-http-method-override": "GET", accept: "image/png" } },
  { header: { "cache-control": "only-if-cached", "if-none-match": "*" } },
];

test("no private page is kept for others, whoever asks and however it is disguised", async () => {
  test.setTimeout(240_000);
  const roles = [...cookies];
  const own = Object.keys(PAGES)
    .map((route) => addressOf(route, records))
    .filter((address) => address.startsWith("/zh-CN/") && !isForEverybody(address));
  const tries = own.flatMap((address, index) =>
    TRICKS.map(({ header = {}, as = (same: string) => same }, trick) => {
      const [role, cookie] = roles[(index + trick) % roles.length] ?? ["anonymous", ""];
      return { address: as(address), headers: { ...header, cookie }, role };
    }).filter((_, trick) => isLong || trick % 4 === Math.floor(index / roles.length) % 4),
  );
  const wrong: string[] = [];
  await inTurns(tries, async ({ address, headers, role }) => {
    const answer = await ask(address, { headers });
    await answer.arrayBuffer();
    const isOfAll = role === "anonymous" && isForEverybody(address);
    if (!isOfAll && mayBeKept(answer.headers))
      wrong.push(`${address} as ${role}: ${JSON.stringify(headers)}`);
  });
  process.stdout.write(
    `private pages: ${own.length} addresses, ${tries.length} tries, ${wrong.length} kept\n`,
  );
  expect(wrong).toEqual([]);
});

test("an address that cannot be read leads to the page for what is missing, behind a proxy that speaks TLS too", async () => {
  const headers = { "x-forwarded-proto": "https" };
  const answer = await ask("/zh-CN/%00", { redirect: "manual", headers });
  expect(answer.status).toBe(307);
  expect(answer.headers.get("location")).toMatch(/^\/zh-CN\/-$/);
  expect(await statusOf("/zh-CN/%00", { headers })).toBe(404);
});

test("a form of another site is refused with 403, and a body beyond the limit with 413", async () => {
  const post = (from: string, body: BodyInit = "a=b", more: Record<string, string> = {}) =>
    statusOf("/zh-CN/sign-in", {
      method: "POST",
      headers: { origin: from, "content-type": "application/x-www-form-urlencoded", ...more },
      body,
    });
  expect(await post("https://evil.example")).toBe(403);
  expect(await post("null")).toBe(403);
  expect(await post("null", "a=b", { "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await post("null", "a=b", { "sec-fetch-site": "same-origin" })).toBeLessThan(400);
  expect(await post(origin)).toBeLessThan(400);
  expect(await post(origin, "x".repeat(1024 * 1024 + 1))).toBe(413);
});

test("a page with a key in its address tells that to no other page", async () => {
  const { requestId, ticketLink, contactLink, certificateNumber, certificateKey } = records;
  const { subscriptionLink, subscriptionKey, mailKey } = records;
  for (const path of [
    `/sign-in/confirm?request=${requestId}&token=abc`,
    `/t/${ticketLink}`,
    `/contacts/confirm?${contactLink}`,
    `/subscriptions/confirm?${subscriptionLink}`,
    `/subscriptions/manage?key=${subscriptionKey}`,
    `/subscriptions/emails?key=${mailKey}`,
    `/deregistration/certificate/${certificateNumber}?key=${certificateKey}`,
  ]) {
    const { headers } = await ask(`/zh-CN${path}`);
    expect(headers.get("referrer-policy"), path).toBe("no-referrer");
  }
  const { headers } = await ask("/zh-CN/sign-in");
  expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
});

/** A page's address with what nobody has at its end, in its query and within. */
function oddAddresses(address: string): { address: string; what: string }[] {
  const path = address.split("?")[0] ?? "";
  const [, locale, ...parts] = path.split("/");
  const queries = Object.entries(ODD_QUERIES).map(([what, query]) => ({
    ...{ what, address: `${address}${address.includes("?") ? "&" : "?"}${query}` },
  }));
  const tails = ODD_PARTS.flatMap((part) => [
    { what: "an odd last part", address: `${path}${part}` },
    ...(parts.length > 1
      ? [
          {
            what: "an odd part within",
            address: `/${locale}/${[parts[0], part, ...parts.slice(2)].join("/")}`,
          },
        ]
      : []),
  ]);
  return [...queries, ...tails];
}

/** Who may use the page, so that it is the page that answers. */
const readerOf = (route: string): Role => {
  const rule = PAGES[route]?.rule;
  return rule === "anyone" ? "anonymous" : (rule?.[0] ?? "anonymous");
};

async function statusOf(address: string, init: RequestInit): Promise<number> {
  const answer = await ask(address, { redirect: "follow", ...init });
  await answer.arrayBuffer();
  return answer.status;
}

/** "refused" for who asks; "passed" to the verb, which the empty form does not satisfy; "not run" at all. */
type Answer = "refused" | "passed" | "not run";
type Cell = { rule: Rule | "own"; role: Role; answer: Answer; changed: boolean };

function isWrong({ rule, role, answer, changed }: Cell): boolean {
  if (answer === "not run") return changed;
  if (rule === "own") return role === "anonymous" && changed;
  return answer === "passed" ? !mayUse(rule, role) : mayUse(rule, role) || changed;
}

/** One session a role, but one of its own for what may end it, or gives it another token. */
const cookieFor = async (action: string, role: Role): Promise<string> =>
  /sign-out|#proveInDemo/.test(action) ? cookieOf(role) : (cookies.get(role) ?? "");

/** Posts an empty form to a server action: in both places, for one kind takes it first, the other second. */
async function post(id: string, { address, cookie }: { address: string; cookie: string }) {
  const form = argumentsOf([["locale", "zh-CN"]]);
  const answer = await ask(address === "/" ? "/zh-CN" : address, {
    method: "POST",
    headers: {
      cookie,
      "next-action": id,
      origin,
      accept: "text/x-component",
    },
    body: form,
  });
  const body = await answer.text();
  expect(answer.status, `${id}: ${body.slice(0, 200)}`).toBeLessThan(500);
  const isAnswered = answer.headers.get("content-type")?.startsWith("text/x-component") ?? false;
  if (!isAnswered && answer.status < 300) return "not run";
  return /"errors\.(notAllowed|signedOut)"/.test(body) ? "refused" : "passed";
}

/** What no refused action may change: what people have on record, and who has read what. Jobs go on meanwhile. */
async function fingerprint(): Promise<string> {
  const result = await db.execute<{ state: string }>(sql`
    select (select count(*) from audit_entries where action <> 'person.signed_in' and actor_kind <> 'job')::text
      || '/' || (select count(*) filter (where read_at is not null) + count(*) filter (where popup_closed_at is not null) + count(*) filter (where archived_at is not null) from deliveries)::text as state`);
  return result.rows[0]?.state ?? "";
}
