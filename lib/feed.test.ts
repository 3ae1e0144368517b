import { DOMParser } from "@xmldom/xmldom";
import fc from "fast-check";
import { expect, test } from "vitest";

import { atomOf, type Feed, jsonFeedOf, updatedAt } from "./feed";

const FEED: Feed = {
  title: "告知台",
  description: "安全事件与公告",
  author: "云桥科技",
  language: "zh-CN",
  page: "https://gaozhi.example/zh-CN/incidents",
  addresses: {
    atom: "https://gaozhi.example/feeds/zh-CN/atom.xml",
    json: "https://gaozhi.example/feeds/zh-CN/feed.json",
  },
  entries: [
    {
      id: "urn:uuid:018f6a52-2c3d-7d20-8a3b-5f1e2d3c4b5a",
      title: `令牌 <缓存> & "引号"`,
      url: "https://gaozhi.example/zh-CN/incidents/I-2026-000012#notice-1",
      publishedAt: new Date("2026-11-20T01:50:00Z"),
      updatedAt: new Date("2026-11-20T01:50:00Z"),
      summary: "一句话。",
      text: "两行\n文字。",
    },
    {
      id: "urn:uuid:018f6a52-3d4e-7d20-8a3b-5f1e2d3c4b5a",
      title: "较早的",
      url: "https://gaozhi.example/zh-CN/announcements/1",
      publishedAt: new Date("2026-11-19T01:50:00Z"),
      updatedAt: new Date("2026-11-19T01:50:00Z"),
      summary: "",
      text: "",
    },
  ],
};

/** Reads XML as strictly as a feed reader; anything it stumbles over fails the test. */
function parsed(source: string) {
  const complaints: string[] = [];
  const say = (message: string) => complaints.push(message);
  const parser = new DOMParser({ errorHandler: { warning: say, error: say, fatalError: say } });
  const document = parser.parseFromString(source, "text/xml");
  expect(complaints).toEqual([]);
  return document;
}

const textsOf = (document: Document, name: string) =>
  Array.from(document.getElementsByTagName(name)).map(({ textContent }) => textContent);

test("the Atom feed has what RFC 4287 asks for, and its texts come out as they went in", () => {
  const document = parsed(atomOf(FEED));
  expect(document.documentElement.namespaceURI).toBe("http://www.w3.org/2005/Atom");
  expect(textsOf(document, "title")).toEqual(["告知台", `令牌 <缓存> & "引号"`, "较早的"]);
  expect(textsOf(document, "id")).toEqual([
    FEED.addresses.atom,
    ...FEED.entries.map(({ id }) => id),
  ]);
  expect(textsOf(document, "updated")[0]).toBe("2026-11-20T01:50:00.000Z");
  expect(textsOf(document, "content")[0]).toBe("两行\n文字。");
  expect(textsOf(document, "author")).toEqual(["云桥科技"]);
  const links = Array.from(document.getElementsByTagName("link"));
  expect(links.map((link) => link.getAttribute("rel"))).toEqual([
    ...["self", "alternate"],
    ...["alternate", "alternate"],
  ]);
});

test("the JSON feed is JSON Feed 1.1", () => {
  expect(JSON.parse(jsonFeedOf(FEED))).toMatchObject({
    version: "https://jsonfeed.org/version/1.1",
    feed_url: FEED.addresses.json,
    language: "zh-CN",
    items: [
      {
        id: FEED.entries[0]?.id,
        content_text: "两行\n文字。",
        date_published: "2026-11-20T01:50:00.000Z",
      },
      { title: "较早的" },
    ],
  });
});

test("no text breaks the XML: control characters, lone surrogates, markup and ends of sections", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const [first] = FEED.entries;
      const entry = { ...first!, title: `${text}]]>\u0000\u0008\ud800`, text };
      const document = parsed(atomOf({ ...FEED, title: text, entries: [entry] }));
      expect(textsOf(document, "content")).toHaveLength(1);
    }),
    { numRuns: 200 },
  );
});

test("an empty feed is valid and always the same", () => {
  const empty = { ...FEED, entries: [] };
  expect(updatedAt(empty).getTime()).toBe(0);
  expect(textsOf(parsed(atomOf(empty)), "updated")).toEqual(["1970-01-01T00:00:00.000Z"]);
});
