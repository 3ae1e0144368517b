import { createHmac } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

import { db } from "@/db/client";
import { contacts, users } from "@/db/schema";
import { TOKEN_SCOPES } from "@/db/vocabulary/tickets";
import { requestSignIn } from "@/domain/access/request-sign-in";
import { ANONYMOUS } from "@/domain/context";
import { env } from "@/lib/env";
import { givenVisitor } from "@/tests/support/door";
import { givenToken } from "@/tests/support/tickets";

import { ask, inTurns } from "./support/ask";
import { startBreakablePortal } from "./support/breakable-portal";
import { type Field, fieldsOf } from "./support/forms";
import { builtActions } from "./support/manifest";
import { cookieOf } from "./support/people";
import { argumentsOf } from "./support/posts";
import { givenRecords, type Records } from "./support/records";
import { ROLES, type Role } from "./support/roles";
import { addressOf } from "./support/rules";
import { ACTIONS, PAGES } from "./support/surfaces";
import { expect, test } from "./support/test";

/** What stands in every field that takes words, in every query and header: a name, an address, a number. */
const MARKS = ["zqmark", "标记人", "13977700001", "203.0.113.77"];
const MARKED = "zqmark 标记人 13977700001";
const ADDRESS = "zqmark@marked.example";
const HEADERS = {
  "user-agent": `zqmark/1.0`,
  "x-forwarded-for": "203.0.113.77",
  referer: "http://localhost/zh-CN?zqmark",
};

const isLong = process.env.WRONG_INPUT === "all";
let portal: Awaited<ReturnType<typeof startBreakablePortal>>;
let records: Records;
const cookies = new Map<Role, string>();

test.beforeAll(async () => {
  records = await givenRecords();
  for (const role of ROLES) cookies.set(role, await cookieOf(role));
  portal = await startBreakablePortal();
});
test.afterAll(() => portal.stop());

test("a database that fails leaves nobody's name, address or number in what web and worker say", async () => {
  test.setTimeout(180_000);
  const [forms, calls, reads] = [await markedForms(), await markedCalls(), markedReads()];
  await portal.withoutWrites(async () => {
    await sendAll([...forms, ...calls]);
    await untilWorkerFails();
  });
  await portal.withoutConnections(() => sendAll(reads));

  const { web, worker } = portal.said();
  const failures = (words: string) =>
    (words.match(/query failed|"code":"(23514|57P01)"/g) ?? []).length;
  process.stdout.write(
    `${forms.length} forms, ${calls.length} calls, ${reads.length} reads: ${failures(web)} failures told by web, ${failures(worker)} by worker\n`,
  );
  // They did fail, of rows that were in the way and of connections that were lost, and said so.
  for (const sign of ["23514", "57P01"]) expect(web).toContain(sign);
  expect(failures(web)).toBeGreaterThan(50);
  expect(worker).toContain("23514");
  expect(linesWith(MARKS, { web, worker, postgres: postgresSaid() })).toEqual([]);
  expect(linesWith(await everybody(), { web, worker })).toEqual([]);
});

test("whatever is written to the disk is for its owner alone", async () => {
  const open = filesIn(env().DATA_DIR).filter(({ mode }) => (mode & 0o077) !== 0);
  expect(filesIn(env().DATA_DIR).length).toBeGreaterThan(100);
  expect(open.map(({ file, mode }) => `${file} ${(mode & 0o777).toString(8)}`)).toEqual([]);
});

type Sent = { address: string; init: RequestInit };

async function sendAll(sent: readonly Sent[]): Promise<void> {
  await inTurns(sent, async ({ address, init }) => {
    const headers = { ...HEADERS, ...(init.headers as Record<string, string>) };
    // A connection that breaks is what this is about.
    const answer = await ask(portal.origin + address, { ...init, headers }).catch(() => null);
    await answer?.text().catch(() => "");
  });
}

const isWords = ({ value }: Field) => ["a", "2026-12-24"].includes(value);
const isAddress = ({ value }: Field) => value.includes("@");

function marked(field: Field): [string, string | File] {
  const { name, value, isFile } = field;
  if (isFile) return [name, new File([MARKED], "zqmark-标记人.txt")];
  return [name, isWords(field) ? MARKED : isAddress(field) ? ADDRESS : value];
}

/** Every action by who may send it: all its fields marked, and fields that take words alone. */
async function markedForms(): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (const { id, name, routes } of builtActions()) {
    const fields = await fieldsOf(name, records);
    const rule = ACTIONS[name];
    const role = rule === "anyone" ? "anonymous" : rule === "own" ? "owner" : rule?.[0];
    const address = addressOf(routes.find((route) => PAGES[route]) ?? "/", records);
    const post = (entries: [string, string | File][]): Sent => ({
      address,
      init: {
        ...{ method: "POST", body: argumentsOf(entries) },
        headers: {
          ...{ origin: portal.origin, "next-action": id, accept: "text/x-component" },
          cookie: cookies.get(role ?? "owner") ?? "",
        },
      },
    });
    const words = fields.filter((field) => isWords(field) || isAddress(field));
    sent.push(post(fields.map(marked)));
    for (const one of words.filter((_, at) => isLong || at % 3 === 0))
      sent.push(
        post(
          fields.map((field) =>
            field === one ? marked(field) : [field.name, field.isFile ? "" : field.value],
          ),
        ),
      );
  }
  return sent;
}

/** What the vendor's systems and the mail provider would send, rightly signed and of the right shape. */
async function markedCalls(): Promise<Sent[]> {
  const { token } = await givenToken({ scopes: [...TOKEN_SCOPES] });
  const authorization = `Bearer ${token}`;
  const account = {
    ...{ revision: 1, name: MARKED, apps: [] },
    members: [{ email: ADDRESS, name: MARKED, role: "owner" }],
  };
  const json = { authorization, "content-type": "application/json" };
  const link = { ticketNumber: "zqmark-1", purpose: "file_request", prefill: { type: "consult" } };
  const event = {
    ...{ type: "email.bounced", created_at: "2026-11-28T10:00:00Z" },
    data: { email_id: "zqmark", to: [ADDRESS], bounce: { message: `${ADDRESS} ${MARKED}` } },
  };
  const body = JSON.stringify(event);
  return [
    {
      address: "/api/v1/accounts/100000088888",
      init: { method: "PUT", headers: json, body: JSON.stringify(account) },
    },
    {
      address: "/api/v1/account-syncs",
      init: {
        ...{ method: "POST", body: JSON.stringify({ uin: "100000088889", ...account }) },
        headers: { authorization, "content-type": "application/x-ndjson" },
      },
    },
    {
      address: "/api/v1/ticket-links",
      init: { method: "POST", headers: json, body: JSON.stringify(link) },
    },
    { address: "/api/webhooks/resend", init: { method: "POST", headers: signed(body), body } },
    {
      address: `/api/v1/accounts/${MARKS[0]}`,
      init: { headers: { authorization: "Bearer zqmark" } },
    },
  ];
}

/** As Resend signs it, the Svix way. */
function signed(body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const secret = Buffer.from(env().RESEND_WEBHOOK_SECRET.replace("whsec_", ""), "base64");
  const signature = createHmac("sha256", secret)
    .update(`zqmark.${timestamp}.${body}`)
    .digest("base64");
  return {
    ...{ "svix-id": "zqmark", "svix-timestamp": timestamp },
    "svix-signature": `v1,${signature}`,
  };
}

const QUERIES = ["q", "search", "account", "to", "actor", "email", "return", "key", "token"];

/** Every page as who may read it, with marked words in its query. */
function markedReads(): Sent[] {
  const query = QUERIES.map((name) => `${name}=${encodeURIComponent(`${ADDRESS} ${MARKED}`)}`);
  const visits = Object.keys(PAGES).map((route): Sent => {
    const rule = PAGES[route]?.rule;
    const role: Role = rule === "anyone" ? "anonymous" : (rule?.[0] ?? "anonymous");
    const address = addressOf(route, records);
    return {
      address: `${address}${address.includes("?") ? "&" : "?"}${query.join("&")}`,
      init: { headers: { cookie: cookies.get(role) ?? "" } },
    };
  });
  return isLong ? [...visits, ...visits, ...visits] : visits;
}

/** Asks for mails to marked addresses until a job of the failing worker has met one. */
async function untilWorkerFails(): Promise<void> {
  let asked = 0;
  await expect
    .poll(
      async () => {
        asked += 1;
        await requestSignIn(
          { actor: ANONYMOUS, now: new Date() },
          {
            ...{ email: `zqmark${asked}@marked.example`, locale: "zh-CN", returnPath: "" },
            visitor: givenVisitor(),
          },
        );
        return portal.said().worker;
      },
      { timeout: 60_000, intervals: [100] },
    )
    .toContain("23514");
}

/** The names and addresses of everybody in the database. */
async function everybody(): Promise<string[]> {
  const people = await db.select({ name: users.name, email: users.email }).from(users);
  const named = await db.select({ name: contacts.name }).from(contacts);
  const words = [
    ...people.flatMap(({ name, email }) => [name, email]),
    ...named.map(({ name }) => name),
  ];
  // A word of two letters stands in other words.
  return [...new Set(words)].filter((word) => word.length > 2);
}

function linesWith(words: readonly string[], said: Record<string, string>): string[] {
  const forms = words.flatMap((word) => [
    word,
    encodeURIComponent(word),
    JSON.stringify(word).slice(1, -1),
  ]);
  return Object.entries(said).flatMap(([who, text]) =>
    text
      .split("\n")
      .filter((line) => forms.some((form) => line.includes(form)))
      .map((line) => `${who}: ${line.slice(0, 400)}`),
  );
}

const postgresSaid = (): string =>
  fs.readFileSync(path.join(env().DATA_DIR, "postgres.log"), "utf8");

function filesIn(folder: string): { file: string; mode: number }[] {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    // PostgreSQL's own come and go.
    const status = entry.isFile() ? fs.statSync(file, { throwIfNoEntry: false }) : undefined;
    return status ? [{ file, mode: status.mode }] : [];
  });
}
