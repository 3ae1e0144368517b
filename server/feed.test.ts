import { expect, test } from "vitest";

import { feedResponse } from "./feed";

const asked = (headers: Record<string, string> = {}, body = "<feed/>") =>
  feedResponse(new Request("http://localhost/feed", { headers }), {
    ...{ body, type: "application/atom+xml", language: "zh-CN" },
    updated: new Date("2026-11-20T01:50:00.500Z"),
  });

test("a feed says what it is, and how to ask whether it has changed", async () => {
  const response = asked();
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("<feed/>");
  expect(response.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
  expect(response.headers.get("last-modified")).toBe("Fri, 20 Nov 2026 01:50:00 GMT");
});

test("who has it already gets nothing; who has an older one gets it", () => {
  const etag = asked().headers.get("etag") ?? "";
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"])
    expect(asked({ "if-none-match": known }).status, known).toBe(304);
  expect(asked({ "if-none-match": etag }, "<feed>new</feed>").status).toBe(200);
  const since = (value: string) => asked({ "if-modified-since": value }).status;
  expect(since("Fri, 20 Nov 2026 01:50:00 GMT")).toBe(304);
  expect(since("Fri, 20 Nov 2026 01:49:59 GMT")).toBe(200);
  expect(since("no date")).toBe(200);
});
