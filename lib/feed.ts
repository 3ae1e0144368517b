export type Feed = {
  title: string;
  description: string;
  author: string;
  /** BCP 47. */
  language: string;
  page: string;
  addresses: { atom: string; json: string };
  entries: readonly FeedEntry[];
};

export type FeedEntry = {
  /** Never changes, wherever the page moves: "urn:uuid:…". */
  id: string;
  title: string;
  url: string;
  publishedAt: Date;
  /** Later than `publishedAt` where what it says has changed since. */
  updatedAt: Date;
  /** One sentence, and the whole as plain text. */
  summary: string;
  text: string;
};

/** Says nothing of when a feed without entries was made, so that it stays the same from day to day. */
const NEVER = new Date(0);

export function updatedAt({ entries }: Feed): Date {
  return entries.reduce(
    (newest, entry) => (entry.updatedAt > newest ? entry.updatedAt : newest),
    NEVER,
  );
}

/** The feed in Atom (RFC 4287). */
export function atomOf(feed: Feed): string {
  const { title, description, author, language, page, addresses, entries } = feed;
  return [
    `<?xml version="1.0" encoding="utf-8"?>`,
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(language)}">`,
    `<id>${xml(addresses.atom)}</id>`,
    `<title>${xml(title)}</title>`,
    `<subtitle>${xml(description)}</subtitle>`,
    `<updated>${updatedAt(feed).toISOString()}</updated>`,
    `<author><name>${xml(author)}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${xml(addresses.atom)}"/>`,
    `<link rel="alternate" type="text/html" href="${xml(page)}"/>`,
    ...entries.map(atomEntry),
    `</feed>`,
    "",
  ].join("\n");
}

function atomEntry({ id, title, url, summary, text, ...moments }: FeedEntry): string {
  return [
    `<entry>`,
    `<id>${xml(id)}</id>`,
    `<title>${xml(title)}</title>`,
    `<published>${moments.publishedAt.toISOString()}</published>`,
    `<updated>${moments.updatedAt.toISOString()}</updated>`,
    `<link rel="alternate" type="text/html" href="${xml(url)}"/>`,
    `<summary>${xml(summary)}</summary>`,
    `<content type="text">${xml(text)}</content>`,
    `</entry>`,
  ].join("\n");
}

/** The feed in JSON Feed 1.1 (jsonfeed.org). */
export function jsonFeedOf({ title, description, author, language, ...feed }: Feed): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title,
    description,
    language,
    home_page_url: feed.page,
    feed_url: feed.addresses.json,
    authors: [{ name: author }],
    items: feed.entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      title: entry.title,
      summary: entry.summary,
      content_text: entry.text,
      date_published: entry.publishedAt.toISOString(),
      date_modified: entry.updatedAt.toISOString(),
    })),
  });
}

/** What XML 1.0 (2.2) has no place for, escaped or not: control characters, lone surrogates, U+FFFE. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\r": "&#13;",
};

/** Text for an element or an attribute; what XML cannot hold becomes U+FFFD. */
export function xml(text: string): string {
  return text
    .replaceAll(NOT_XML, "\u{fffd}")
    .replaceAll(/[&<>"'\r]/g, (character) => ENTITIES[character] ?? character);
}
