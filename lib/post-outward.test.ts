import { createServer } from "node:http";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { startEndpoints } from "@/stand-ins/endpoints/start";

import { keepTo } from "./outward";
import { postOutward } from "./post-outward";
import { isPublicAddress, type Lookup } from "./public-address";

const POST = { headers: { "content-type": "application/json" }, body: "{}" };
const leadsTo =
  (...addresses: string[]): Lookup =>
  () =>
    Promise.resolve(
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );

/** What somebody might enter to reach into the network of the portal. */
const TRIES: readonly [what: string, url: string, look?: Lookup][] = [
  ["loopback", "https://127.0.0.1/"],
  ["loopback, short", "https://127.1/"],
  ["loopback, decimal", "https://2130706433/"],
  ["loopback, octal", "https://0177.0.0.1/"],
  ["loopback, hexadecimal", "https://0x7f000001/"],
  ["nowhere", "https://0/"],
  ["nowhere, in full", "https://0.0.0.0/"],
  ["loopback of IPv6", "https://[::1]/"],
  ["nowhere of IPv6", "https://[::]/"],
  ["IPv4 within IPv6", "https://[::ffff:127.0.0.1]/"],
  ["IPv4 within IPv6, private", "https://[::ffff:10.0.0.1]/"],
  ["IPv4 compatible", "https://[::7f00:1]/"],
  ["NAT64", "https://[64:ff9b::7f00:1]/"],
  ["6to4 of loopback", "https://[2002:7f00:1::]/"],
  ["Teredo", "https://[2001:0:7f00:1::]/"],
  ["documentation of IPv6", "https://[2001:db8::1]/"],
  ["unique local", "https://[fd00::1]/"],
  ["link local of IPv6", "https://[fe80::1]/"],
  ["multicast of IPv6", "https://[ff02::1]/"],
  ["metadata of clouds", "https://169.254.169.254/latest/meta-data/"],
  ["metadata of Alibaba Cloud", "https://100.100.100.200/latest/meta-data/"],
  ["metadata of AWS by IPv6", "https://[fd00:ec2::254]/"],
  ["private A", "https://10.1.2.3/"],
  ["private B", "https://172.16.0.1/"],
  ["private B, last", "https://172.31.255.255/"],
  ["private C", "https://192.168.1.1/"],
  ["shared", "https://100.64.0.1/"],
  ["benchmarks", "https://198.18.0.1/"],
  ["multicast", "https://224.0.0.1/"],
  ["broadcast", "https://255.255.255.255/"],
  ["full-width digits", "https://１２７.０.０.１/"],
  ["circled digits", "https://①②⑦.⓪.⓪.①/"],
  ["a name that leads inside", "https://inside.example/", leadsTo("10.0.0.5")],
  ["a name that leads inside, too", "https://both.example/", leadsTo("8.8.8.8", "127.0.0.1")],
  ["a name that leads inside by IPv6", "https://six.example/", leadsTo("2606:4700::1", "fd00::1")],
  ["localhost", "https://localhost/", leadsTo("127.0.0.1")],
  ["localhost with a dot", "https://localhost./", leadsTo("127.0.0.1")],
  ["plain http", "http://hooks.example/", leadsTo("8.8.8.8")],
  ["another port", "https://hooks.example:22/", leadsTo("8.8.8.8")],
  ["the database's port", "https://hooks.example:5432/", leadsTo("8.8.8.8")],
  ["a user", "https://user@hooks.example/", leadsTo("8.8.8.8")],
  ["a password", "https://8.8.8.8:x@127.0.0.1/"],
  ["gopher", "gopher://hooks.example/"],
  ["a file", "file:///etc/passwd"],
  ["ftp", "ftp://hooks.example/"],
  ["data", "data:text/plain,x"],
  ["javascript", "javascript:alert(1)"],
  ["no address", "hooks.example"],
];

test.each(TRIES)("refused before anything is connected to: %s", async (_, url, look) => {
  const take = keepTo(new Set());
  try {
    const came = await postOutward({ url, ...POST }, look ? { look } : {});
    expect(came.kind).toBe("refused");
  } finally {
    take();
  }
});

test.each(["8.8.8.8", "223.5.5.5", "172.32.0.1", "100.128.0.1", "2606:4700::1", "240e::1"])(
  "%s is public",
  (address) => expect(isPublicAddress(address)).toBe(true),
);
test.each(["", "example.com", "8.8.8", "::ffff:8.8.8.8"])("%s is no public address", (address) =>
  expect(isPublicAddress(address)).toBe(false),
);

test("a name that cannot be resolved has sent nothing", async () => {
  const look: Lookup = () => Promise.reject(new Error("ENOTFOUND"));
  const came = await postOutward({ url: "https://gone.example/", ...POST }, { look });
  expect(came).toEqual({ kind: "unsent", reason: "no_such_host" });
});

describe("to a receiver", () => {
  let receiver: Awaited<ReturnType<typeof startEndpoints>>;
  beforeAll(async () => {
    receiver = await startEndpoints();
  });
  afterAll(() => receiver.close());
  const post = (path: string, more: object = {}) =>
    postOutward({ url: receiver.url + path, ...POST }, { also: [receiver.host], ...more });

  test("what is posted arrives as it is, and the answer is read", async () => {
    receiver.meet({ status: 202, body: "thanks" });
    const came = await post("/hook?a=1");
    expect(came).toMatchObject({ kind: "answered", status: 202, text: "thanks" });
    expect(receiver.received.at(-1)).toMatchObject({
      path: "/hook",
      query: { a: "1" },
      body: "{}",
    });
    expect(receiver.received.at(-1)?.headers.host).toBe(receiver.host);
  });

  test("a redirect is an answer, and followed nowhere", async () => {
    const before = receiver.received.length;
    receiver.meet({ status: 307, headers: { location: `${receiver.url}/elsewhere` } });
    expect(await post("/hook")).toMatchObject({ kind: "answered", status: 307 });
    expect(receiver.received).toHaveLength(before + 1);
  });

  test("of a long answer 64 KB are kept", async () => {
    receiver.meet({ status: 200, body: "x".repeat(1_000_000) });
    const came = await post("/hook");
    expect(came.kind === "answered" && came.text.length).toBe(65_536);
  });

  test("what was sent and not answered may have arrived", async () => {
    receiver.meet("cut", "silent");
    expect(await post("/hook")).toMatchObject({ kind: "uncertain" });
    expect(await post("/hook", { timeoutMs: 200 })).toEqual({
      kind: "uncertain",
      reason: "timeout",
    });
  });

  test("where nobody listens nothing was sent", async () => {
    const empty = createServer().listen(0, "127.0.0.1");
    await once(empty, "listening");
    const address = empty.address();
    const host = `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
    empty.close();
    await once(empty, "close");
    const came = await postOutward({ url: `http://${host}/`, ...POST }, { also: [host] });
    expect(came).toEqual({ kind: "unsent", reason: "ECONNREFUSED" });
  });

  test("the process that connects to no other host lets this one post through, and nothing beside it", async () => {
    const take = keepTo(new Set());
    try {
      expect(await post("/hook")).toMatchObject({ kind: "answered" });
      await expect(fetch(receiver.url)).rejects.toThrow();
    } finally {
      take();
    }
  });

  test("a name is looked up once: what it leads to afterwards is not connected to", async () => {
    let asked = 0;
    const look: Lookup = () => {
      asked += 1;
      return Promise.resolve([{ address: asked === 1 ? "203.0.113.7" : "127.0.0.1", family: 4 }]);
    };
    const port = receiver.host.split(":")[1];
    const came = await postOutward(
      { url: `http://turns.example:${port}/`, ...POST },
      {
        ...{ look, also: [`turns.example:${port}`], timeoutMs: 200 },
      },
    );
    expect([asked, came.kind]).toEqual([1, "unsent"]);
  });
});
