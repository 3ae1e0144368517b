import { isForEverybody } from "@/server/for-everybody";

import { ask, inTurns, mayBeKept } from "./support/ask";
import { cookieOf } from "./support/people";
import { givenRecords, type Records } from "./support/records";
import { addressOf, mayUse, RULE } from "./support/rules";
import { givenSecrets, type Secret } from "./support/secrets";
import { ROLES, type Role } from "./support/roles";
import { PAGES } from "./support/surfaces";
import { expect, test } from "./support/test";

/** The page of sent mails belongs to the stand-in of the demo: it shows everybody every mail, and no installation has it. */
const STAND_IN = /\/mailbox/;

/** Every page as whole and as data to every role; without it as data, which stands in the whole as well, to every third. */
const isLong = process.env.WRONG_INPUT === "all";

const cookies = new Map<Role, string>();
/** Files that say the same to everybody, whoever is signed in. */
const FILE_OF_ALL =
  /^\/(?:feeds|advisories|\.well-known)\/|^\/(?:icon\.svg|robots\.txt|sitemap\.xml|api\/v1\/(?:openapi\.json|policies\/[^?]+\/manifest))$|^\/[^/]+\/policies\/[^?]+\.(?:md|json)$/;

/** What a shared cache was told it may keep, though it was made for one reader. */
const kept: string[] = [];
let answers = 0;
/** Whom a page let in, of those that have been read: each test that asks it anew would take a minute. */
const letIn = new Map<string, boolean>();
let records: Records;
let secrets: Secret[];
let addresses: string[];

test.beforeAll(async () => {
  records = await givenRecords();
  secrets = await givenSecrets(records);
  for (const role of ROLES) cookies.set(role, await cookieOf(role));
  const routes = Object.keys(PAGES).map((route) => addressOf(route, records));
  const named = secrets.flatMap((secret) => secret.addresses.flatMap(inBothLanguages));
  const feeds = ["zh-CN", "en"].flatMap((locale) =>
    ["atom.xml", "feed.json", "incidents.json", "dates.ics"].map(
      (file) => `/feeds/${locale}/${file}`,
    ),
  );
  addresses = [...new Set([...routes, ...named, ...feeds])].filter((one) => !STAND_IN.test(one));
});

const inBothLanguages = (address: string) => [`/zh-CN${address}`, `/en${address}`];

test("P19, P25: what is restricted to some is read by them and by nobody else, on any page, feed or file", async () => {
  test.setTimeout(400_000);
  const cells = addresses.flatMap((address, row) =>
    ROLES.map((role, column) => {
      const kinds: Wanted["kind"][] =
        isLong || (row + column) % 3 === 0 ? ["page", "data"] : ["page"];
      return { address, role, kinds };
    }),
  );
  const leaks: string[] = [];
  await inTurns(cells, async ({ address, role, kinds }) => {
    for (const kind of kinds) {
      const body = await read(address, { role, kind });
      for (const { name, mark, readers } of secrets)
        if (body.includes(mark) && !readers(address).includes(role))
          leaks.push(`${name}: shown to ${role} at ${address} (${kind})`);
    }
  });
  process.stdout.write(
    `isolation: ${addresses.length} addresses × ${ROLES.length} roles = ${cells.length} cells, ${answers} answers, ${secrets.length} secrets\n`,
  );
  expect(leaks).toEqual([]);
});

test("every page answers every role as its rule says", async () => {
  test.setTimeout(300_000);
  const cells = Object.entries(PAGES).flatMap(([route, { rule }]) =>
    ROLES.map((role) => ({ route, rule, role, address: addressOf(route, records) })),
  );
  const deviations: string[] = [];
  await inTurns(cells, async ({ route, rule, role, address }) => {
    const cell = `${address} as ${role}`;
    if (!letIn.has(cell)) await read(address, { role, kind: "page" });
    const isIn = letIn.get(cell);
    if (isIn !== mayUse(rule, role))
      deviations.push(`${route} as ${role}: ${isIn ? "let in" : "kept out"}`);
  });
  process.stdout.write(
    `pages: ${Object.keys(PAGES).length} surfaces × ${ROLES.length} roles = ${cells.length} cells\n`,
  );
  expect(deviations, RULE).toEqual([]);
});

test("nothing that was made for one reader may be kept for another, on any page, as whole or as data", () => {
  process.stdout.write(
    `kept: ${answers} answers to single readers, ${kept.length} that may be kept\n`,
  );
  expect(answers).toBeGreaterThan(1_000);
  expect(kept).toEqual([]);
});

test("those who may read it do find it, so the marks are where they should be", async () => {
  const missing: string[] = [];
  for (const { name, mark, shownTo } of secrets)
    for (const [role, address] of shownTo)
      if (!(await read(`/zh-CN${address}`, { role, kind: "page" })).includes(mark))
        missing.push(`${name}: not shown to ${role} at ${address}`);
  expect(missing).toEqual([]);
});

test("of a restricted incident everybody else has the public summary, and its page asks not to be indexed", async () => {
  const [restricted] = secrets;
  const body = await read(`/zh-CN${restricted?.addresses[0] ?? ""}`, {
    role: "anonymous",
    kind: "page",
  });
  expect(body).toContain("部分应用受到影响，正在处理。");
  expect(body).toMatch(/<meta name="robots" content="noindex/);
});

test("support knows of a restricted incident by its number, wherever an account or a broadcast shows it", async () => {
  const [restricted] = secrets;
  const places = (restricted?.addresses ?? []).filter((one) =>
    /^\/ops\/(broadcasts|support\/(accounts|people))\//.test(one),
  );
  expect(places).toHaveLength(4);
  for (const address of places)
    expect(await readPages(`/zh-CN${address}`, "support")).toContain(restricted?.number);
});

/** A page and, where its list goes on, the pages after it. */
async function readPages(address: string, role: Role): Promise<string> {
  const body = await read(address, { role, kind: "page" });
  const [link = ""] = /<a [^>]*rel="next"[^>]*>/.exec(body) ?? [];
  const [, next] = /href="([^"]*)"/.exec(link) ?? [];
  return next ? body + (await readPages(next.replaceAll("&amp;", "&"), role)) : body;
}

type Wanted = { role: Role; kind: "page" | "data" };

/** What the server answers: the whole page, or the data by which the browser goes on to it. */
async function read(address: string, wanted: Wanted): Promise<string> {
  const headers = {
    cookie: cookies.get(wanted.role) ?? "",
    ...(wanted.kind === "data" && { RSC: "1" }),
  };
  const first = await ask(address, { headers });
  const further = first.headers.get("location") ?? "";
  // Next gives the data of a page under an address with its hash, and leads there.
  const answer = further.includes("_rsc=") ? await ask(further, { headers }) : first;
  const body = await answer.text();
  const cell = `${address} as ${wanted.role}`;
  expect(answer.status, cell).toBeLessThan(500);
  noteKept(address, wanted, answer.headers);
  // A page that streams has sent 200 before it knows: then the refusal stands in the stream.
  if (wanted.kind === "page")
    letIn.set(
      cell,
      answer.status === 200 && !/NEXT_HTTP_ERROR_FALLBACK;404|NEXT_REDIRECT/.test(body),
    );
  return body;
}

function noteKept(address: string, { role, kind }: Wanted, headers: Headers): void {
  const isOfAll =
    FILE_OF_ALL.test(address) ||
    (role === "anonymous" && kind === "page" && isForEverybody(address));
  answers += 1;
  if (!isOfAll && mayBeKept(headers)) kept.push(`${address} as ${role} (${kind})`);
}
