import "server-only";
import { createHash } from "node:crypto";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { listAnnouncements } from "@/domain/broadcasts/announcements";
import type { Told } from "@/domain/broadcasts/facts";
import type { Following } from "@/domain/broadcasts/following";
import { NotFound } from "@/domain/errors";
import { listPublicNotices } from "@/domain/incidents/list-public-notices";
import { type Address, at } from "@/lib/addresses";
import type { Feed, FeedEntry } from "@/lib/feed";
import { setting } from "@/lib/env";
import { feedEntry, followedEntry, withdrawnEntry } from "@/wording/feed-entry";
import { incidentHref } from "@/wording/incident-notice";
import { translator } from "@/messages/translator";

import { publicContext } from "./public-context";
import { publicAddress } from "./public-metadata";
import { vendorName } from "./vendor";

/** How many entries a feed holds. */
const LENGTH = 50;

/** Where the feeds of a language are, by media type, for the heads of pages and for readers. */
export const feedAddresses = (locale: Locale) => ({
  "application/atom+xml": feedAddress(locale, "atom.xml"),
  "application/feed+json": feedAddress(locale, "feed.json"),
  "application/json": feedAddress(locale, "incidents.json"),
  "text/calendar": feedAddress(locale, "dates.ics"),
});

const feedAddress = (locale: Locale, file: string) =>
  `${setting("APP_ORIGIN") ?? ""}/feeds/${locale}/${file}`;

/** The language an address names. @throws NotFound for one there is none of */
export function feedLocale(asked: string): Locale {
  const locale = LOCALES.find((one) => one === asked);
  if (!locale) throw new NotFound("errors.notFound");
  return locale;
}

/** What was told to everybody, newest first. @throws NotFound for a language there is none of */
export async function readFeed(asked: string): Promise<Feed> {
  const locale = feedLocale(asked);
  const t = translator(locale, "announcements");
  const vendor = vendorName(locale);
  const addresses = feedAddresses(locale);
  return {
    title: t("feed.title", { vendor }),
    description: t("feed.description", { vendor }),
    author: vendor,
    language: locale,
    page: publicAddress(locale, "/incidents"),
    addresses: {
      atom: addresses["application/atom+xml"],
      json: addresses["application/feed+json"],
    },
    entries: (await publicItems()).flatMap((item) => entryOf(item, locale)),
  };
}

type Item = {
  id: string;
  at: Date;
  told: Told;
  path: Address;
  withdrawnAt: Date | null;
  following: Following;
};

/** What no longer holds, or was followed, keeps its id and says so, as a change that readers of the feed see. */
function entryOf(item: Item, locale: Locale): FeedEntry[] {
  const { id, at, told, path, withdrawnAt, following } = item;
  const words = feedEntry(told, locale);
  if (!words) return [];
  const entry = {
    id: `urn:uuid:${id}`,
    url: publicAddress(locale, path),
    publishedAt: at,
    updatedAt: withdrawnAt ?? following.at(-1)?.at ?? at,
  };
  if (withdrawnAt) return [{ ...entry, ...withdrawnEntry(words, { at: withdrawnAt, locale }) }];
  if (following.length > 0) return [{ ...entry, ...followedEntry(words, { following, locale }) }];
  return [{ ...entry, ...words }];
}

async function publicItems(): Promise<Item[]> {
  const ctx = await publicContext();
  const [notices, { rows }] = await Promise.all([
    listPublicNotices(ctx, { limit: LENGTH }),
    listAnnouncements(ctx, {}),
  ]);
  const policies = rows
    .filter(({ told }) => told.kind === "policy_change" || told.kind === "withdrawal")
    .map(({ id, told, startedAt, withdrawnAt, following }) => ({
      ...{ id, at: startedAt, told, withdrawnAt, following },
      path: at("/announcements/*", id),
    }));
  return [...notices.map((notice) => ({ ...notice, path: pathOf(notice) })), ...policies]
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, LENGTH);
}

const pathOf = ({ id, broadcastId, told }: Awaited<ReturnType<typeof listPublicNotices>>[number]) =>
  told.kind === "incident_notice"
    ? incidentHref(told.facts)
    : at("/announcements/*", broadcastId ?? id);

type Sent = { body: string; type: string; language: string; updated: Date };

/** A feed as it is sent, or nothing where the reader has it already (RFC 9110, 13.1). */
export function feedResponse(request: Request, { body, type, language, updated }: Sent): Response {
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  const headers = {
    ETag: etag,
    "Last-Modified": updated.toUTCString(),
    "Cache-Control": "public, max-age=300",
    "Content-Language": language,
  };
  if (has(request, { etag, updated })) return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, "Content-Type": `${type}; charset=utf-8` } });
}

/** If-None-Match decides alone where it is sent; weak marks and lists are read too. */
function has({ headers }: Request, { etag, updated }: { etag: string; updated: Date }): boolean {
  const known = headers.get("if-none-match");
  if (known)
    return known.split(",").some((one) => ["*", etag].includes(one.trim().replace(/^W\//, "")));
  const since = Date.parse(headers.get("if-modified-since") ?? "");
  return since >= Math.floor(updated.getTime() / 1000) * 1000;
}
