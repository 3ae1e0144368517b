import { afterAll, beforeAll, expect, test } from "vitest";

import { startConsoleStandIn } from "./start";

const KEY = "a-key-of-the-console-for-tests-only";
const PEOPLE = [
  {
    ...{ email: "mira@northwind.example", name: "Mira <Holt>", locale: "en" as const },
    account: { uin: "100044190", name: "Northwind" },
    apps: [{ sdkAppId: "1400003310", name: "Tideline", platforms: { ios: "8.1.0" } }],
  },
  {
    ...{ email: "gu@xingdu.example", name: "顾星野", locale: "zh-CN" as const },
    account: { uin: "100052218", name: "星渡物联" },
    apps: [],
  },
];

let standIn: Awaited<ReturnType<typeof startConsoleStandIn>>;
beforeAll(async () => {
  standIn = await startConsoleStandIn({
    portal: "https://notices.example",
    key: KEY,
    people: PEOPLE,
  });
});
afterAll(() => standIn.close());

const get = (path: string) => fetch(standIn.url + path);

test("a person's console is in their language, holds their apps and lets nothing in but itself and the portal", async () => {
  const answer = await get("/?person=mira%40northwind.example&theme=dark");
  const html = await answer.text();
  expect(answer.headers.get("content-security-policy")).toContain(
    "default-src 'none'; script-src https://notices.example; connect-src 'self' https://notices.example",
  );
  expect(html).toContain('<html lang="en" data-theme="dark">');
  expect(html).toContain("Mira &#60;Holt&#62;");
  expect(html).toContain("Tideline");
  expect(html).not.toMatch(/<style|<script>|style=/);
  expect(await (await get("/?person=gu%40xingdu.example")).text()).toContain("还没有应用");
});

test("its server signs a token of ten minutes for the person, and none for a stranger", async () => {
  const { token } = await (await get("/notices-token?person=gu%40xingdu.example")).json();
  const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
  expect(claims).toMatchObject({ sub: "gu@xingdu.example", aud: "https://notices.example" });
  expect(claims.exp - claims.iat).toBe(600);
  expect((await get("/notices-token?person=nobody%40else.example")).status).toBe(404);
});
