import { NextRequest } from "next/server";
import { expect, test } from "vitest";

import proxy from "@/proxy";

const ADDRESS = "http://localhost/zh-CN/sign-in/confirm?request=1&token=2";

const post = async (headers: Record<string, string>) =>
  proxy(new NextRequest(ADDRESS, { method: "POST", headers: { host: "localhost", ...headers } }));

test("a form of a page that names itself to nobody goes on as ours, and only where the browser says so", async () => {
  const ours = await post({ origin: "null", "sec-fetch-site": "same-origin" });
  expect(ours.status).toBe(200);
  // What Next compares with the host it was asked for.
  expect(ours.headers.get("x-middleware-request-origin")).toBe("http://localhost");
  expect((await post({ origin: "null", "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await post({ origin: "null" })).status).toBe(403);
});
