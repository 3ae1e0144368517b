import { NextRequest } from "next/server";
import { expect, test } from "vitest";

import { GET, POST } from "@/app/api/unsubscribe/route";
import { givenSubscriber, subscriptionOf } from "@/tests/support/subscriptions";

const address = (key: string) => `https://notices.example/api/unsubscribe?key=${key}`;
const route = { params: Promise.resolve({}) };
const click = (key: string) =>
  POST(
    new NextRequest(address(key), { method: "POST", body: "List-Unsubscribe=One-Click" }),
    route,
  );

test("P53: one click of a mail program ends it, without cookies, and again is answered alike", async () => {
  const { email, key } = await givenSubscriber({ announcements: true });
  const other = await givenSubscriber({ announcements: true });
  for (const one of [key, key, "nothing", ""]) expect((await click(one)).status).toBe(204);
  expect((await subscriptionOf(email)).held).toBeNull();
  expect((await subscriptionOf(other.email)).held).not.toBeNull();
});

test("who opens the address ends nothing: a page asks", async () => {
  const { email, key } = await givenSubscriber({ announcements: true });
  const asked = new NextRequest(address(key), { headers: { "accept-language": "en" } });
  const answer = await GET(asked, route);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(`/en/subscriptions/manage?key=${key}`);
  expect((await subscriptionOf(email)).held).not.toBeNull();
});
