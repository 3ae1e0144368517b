import dgram from "node:dgram";
import { once } from "node:events";
import { expect, test } from "vitest";

import { keepSenderDomain, lookUp, type LookUp, NotAsked, readSenderDomain } from "./sender-domain";

const SENDER = {
  from: "云桥科技 <notice@mail.yunqiao.example>",
  ...{ selector: "key1", returnPath: "send" },
};
const KEY = `p=${"A".repeat(60)}`;
const SPF = "v=spf1 include:spf.provider.example ~all";
const DMARC = "v=DMARC1; p=reject; rua=mailto:reports@yunqiao.example";

/** A name service that knows these names; a text "!" is one that does not answer. */
const knowing =
  (records: Record<string, string[]>): LookUp =>
  (name) =>
    records[name]?.[0] === "!"
      ? Promise.reject(new NotAsked("ETIMEOUT"))
      : Promise.resolve(records[name] ?? []);
const read = (records: Record<string, string[]>) => readSenderDomain(SENDER, knowing(records));
const WHOLE = {
  "send.mail.yunqiao.example": ["site-verification=1", SPF],
  "key1._domainkey.mail.yunqiao.example": [KEY],
  "_dmarc.mail.yunqiao.example": [DMARC],
};

test("the three records are found where the provider and the standards have them", async () => {
  expect(await read(WHOLE)).toEqual({
    domain: "mail.yunqiao.example",
    spf: { name: "send.mail.yunqiao.example", state: "found", text: SPF },
    dkim: { name: "key1._domainkey.mail.yunqiao.example", state: "found", text: KEY },
    dmarc: { name: "_dmarc.mail.yunqiao.example", state: "found", text: DMARC },
  });
  const own = { from: "a@bücher.example", selector: "s", returnPath: "@" };
  const { domain, spf } = await readSenderDomain(own, knowing({ "xn--bcher-kva.example": [SPF] }));
  expect([domain, spf.state]).toEqual(["xn--bcher-kva.example", "found"]);
});

test("what stands nowhere is missing, what cannot be asked is not called missing", async () => {
  expect(await read({})).toMatchObject({
    ...{ spf: { state: "missing" }, dkim: { state: "missing" } },
    dmarc: { state: "missing", name: "_dmarc.mail.yunqiao.example" },
  });
  const away = Object.fromEntries(Object.keys(WHOLE).map((name) => [name, ["!"]]));
  const unasked = { state: "unasked", why: "ETIMEOUT" };
  expect(await read(away)).toMatchObject({ spf: unasked, dkim: unasked, dmarc: unasked });
});

test("a domain that says nothing of forgeries is spoken for by the one above it, if that one can be asked", async () => {
  const above = "_dmarc.yunqiao.example";
  expect((await read({ [above]: [DMARC] })).dmarc).toMatchObject({ state: "found", name: above });
  expect((await read({ [above]: ["!"] })).dmarc).toMatchObject({ state: "unasked", name: above });
  expect((await read({ ...WHOLE, [above]: ["!"] })).dmarc.state).toBe("found");
});

test.each([
  ["spf", "wrong", [SPF, "v=spf1 -all"]],
  ["spf", "wrong", ["v=spf1 +all"]],
  ["spf", "wrong", ["v=spf1 all"]],
  ["spf", "wrong", ["v=spf1 includes:provider.example ~all"]],
  ["spf", "missing", ["v=spf10 ~all", "spf1 ~all", " v=spf1 ~all"]],
  [
    "spf",
    "found",
    ["V=SPF1 ip4:192.0.2.0/24 ip6:2001:db8::/32 a mx:mail.b.example/24 exp=e.b.example -all"],
  ],
  ["dkim", "wrong", ["v=DKIM1; p="]],
  ["dkim", "wrong", ["v=DKIM2; " + KEY]],
  ["dkim", "wrong", [`${KEY}; v=DKIM1`]],
  ["dkim", "wrong", [`k=dsa; ${KEY}`]],
  ["dkim", "wrong", [`${KEY}; ${KEY}`]],
  ["dkim", "wrong", ["a text without a key"]],
  ["dkim", "wrong", [KEY, KEY.replaceAll("A", "B")]],
  ["dkim", "found", [`v=DKIM1; k=ed25519; p=${"b".repeat(43)}=;`]],
  ["dmarc", "wrong", ["v=DMARC1"]],
  ["dmarc", "wrong", ["v=DMARC1; p=rejects"]],
  ["dmarc", "wrong", ["v=DMARC1; rua=mailto:a@b.example"]],
  ["dmarc", "wrong", [DMARC, "v=DMARC1; p=none"]],
  ["dmarc", "missing", ["p=reject; v=DMARC1", "v=DMARC12; p=none", "v=dmarc1; p=none"]],
  ["dmarc", "found", ["v=DMARC1;p=None;"]],
] as const)("%s is %s: %j", async (record, state, texts) => {
  const [spf, dkim, dmarc] = Object.keys(WHOLE);
  const name = { spf, dkim, dmarc }[record] ?? "";
  expect((await read({ [name]: [...texts] }))[record].state).toBe(state);
});

test("it is asked once an hour, for all who look, and once a minute where it could not be asked", async () => {
  let asked = 0;
  let isAway = true;
  const keep = keepSenderDomain(async (name) => {
    asked += 1;
    return knowing(isAway ? { ...WHOLE, "send.mail.yunqiao.example": ["!"] } : WHOLE)(name);
  });
  const at = (minutes: number) => keep(SENDER, new Date(minutes * 60_000));
  const once = (await Promise.all([at(0), at(0)])).length * 2;
  expect(asked).toBe(once);
  isAway = false;
  expect((await at(0.9)).spf.state).toBe("unasked");
  expect((await at(1)).spf.state).toBe("found");
  await at(60);
  expect(asked).toBe(2 * once);
  await at(61);
  expect(asked).toBe(3 * once);
});

/** A name service of a few bytes (RFC 1035): what the first label says is what it does. */
async function startNameService() {
  const socket = dgram.createSocket("udp4");
  socket.on("message", (asked, { port, address }) => {
    const label = asked.subarray(13, 13 + (asked[12] ?? 0)).toString("latin1");
    const code = { gone: 3, broken: 2 }[label] ?? 0;
    const parts = label === "two" ? ["v=spf1 ", "-all"] : [];
    const data = Buffer.concat(
      parts.map((part) => Buffer.from(`${String.fromCharCode(part.length)}${part}`)),
    );
    const head = Buffer.from([
      asked[0]!,
      asked[1]!,
      0x81,
      0x80 + code,
      0,
      1,
      0,
      parts.length && 1,
      0,
      0,
      0,
      0,
    ]);
    const record = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, data.length]);
    const question = asked.subarray(12, asked.indexOf(0, 12) + 5);
    const answer = parts.length > 0 ? [record, data] : [];
    if (label !== "silent") socket.send(Buffer.concat([head, question, ...answer]), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { servers: [`127.0.0.1:${socket.address().port}`], close: () => socket.close() };
}

test("the name service's own words: a text in parts, no such name, no text, a fault, no answer", async () => {
  const { servers, close } = await startNameService();
  const ask = (label: string) => lookUp(`${label}.yunqiao.example`, { servers });
  expect(await ask("two")).toEqual(["v=spf1 -all"]);
  expect(await ask("gone")).toEqual([]);
  expect(await ask("empty")).toEqual([]);
  await expect(ask("broken")).rejects.toThrow(NotAsked);
  const silent = lookUp("silent.yunqiao.example", { servers, timeoutMs: 50 });
  await expect(silent).rejects.toMatchObject({ why: "ETIMEOUT" });
  close();
});
