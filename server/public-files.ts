import "server-only";
import ical, { ICalEventStatus } from "ical-generator";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import { listAnnouncements } from "@/domain/broadcasts/announcements";
import { listAdvisories } from "@/domain/incidents/read-advisory";
import { listPublishedIncidents } from "@/domain/incidents/list-published";
import { listVersionDates, type VersionDate } from "@/domain/policies/list-dates";
import { type Address, at } from "@/lib/addresses";
import { setting } from "@/lib/env";
import { xml } from "@/lib/feed";
import { localized } from "@/lib/localized";
import { shanghaiDay } from "@/lib/shanghai";
import { translator } from "@/messages/translator";

import { advisoryAddresses } from "./advisories";
import { publicContext } from "./public-context";
import { publicAddress } from "./public-metadata";
import { vendorName } from "./vendor";

/** What a file says, and when it last said something else. */
type File = { body: string; updated: Date };

const NEVER = new Date(0);
const latest = (moments: readonly (Date | null)[]): Date =>
  moments.reduce<Date>((newest, one) => (one && one > newest ? one : newest), NEVER);

/**
 * The days on which versions take effect, as a calendar to subscribe to (RFC 5545): one event a
 * version, all day, and cancelled where it was withdrawn.
 */
export async function effectiveDates(locale: Locale): Promise<File> {
  const t = translator(locale, "announcements");
  const versions = await listVersionDates(await publicContext(), {});
  const vendor = vendorName(locale);
  const calendar = ical({
    name: t("calendar.name", { vendor }),
    prodId: { company: vendor, product: "Gaozhi", language: locale },
    url: publicAddress(locale, "/policies"),
    ttl: 3600,
  });
  for (const version of versions) {
    const { effectiveAt, isMajor, isWithdrawn } = version;
    if (!effectiveAt) continue;
    const url = publicAddress(locale, addressOf(version));
    calendar.createEvent({
      id: `urn:uuid:${version.id}`,
      start: shanghaiDay(effectiveAt),
      allDay: true,
      stamp: latest([version.approvedAt, version.withdrawnAt]),
      sequence: isWithdrawn ? 1 : 0,
      status: isWithdrawn ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      summary: t("calendar.event", {
        title: localized(version.titles, locale).text,
        version: version.label,
        state: isWithdrawn ? "withdrawn" : isMajor ? "major" : "minor",
      }),
      description: url,
      url,
    });
  }
  return { body: `${calendar.toString()}\r\n`, updated: latest(versions.flatMap(momentsOf)) };
}

const addressOf = ({ slug, label }: VersionDate): Address => at("/policies/*/*", slug, label);
const momentsOf = ({ approvedAt, withdrawnAt }: VersionDate) => [approvedAt, withdrawnAt];

/**
 * The public incidents as last told, newest first, 50 at most, for status boards and scripts; what is
 * affected stands in the documents that `advisories` names.
 */
export async function incidentsFile(locale: Locale): Promise<File> {
  const { rows } = await listPublishedIncidents(await publicContext(), {});
  const updated = latest(rows.map(({ lastAt }) => lastAt));
  const incidents = rows.map((row) => ({
    number: row.number,
    title: localized(row.title, locale).text,
    kind: row.kind,
    severity: row.severity,
    status: row.status,
    product: localized(row.product, locale).text,
    notices: row.notices,
    firstToldAt: row.firstAt.toISOString(),
    lastToldAt: row.lastAt.toISOString(),
    url: publicAddress(locale, at("/incidents/*", row.number)),
    advisories: advisoryAddresses(row.number, row.firstAt),
  }));
  const body = { vendor: vendorName(locale), updatedAt: updated.toISOString(), incidents };
  return { body: `${JSON.stringify(body, null, 2)}\n`, updated };
}

/** The public pages that every portal has. */
const PLACES: readonly Address[] = [
  ...(["/", "/policies", "/incidents", "/announcements", "/rights"] as const),
  ...(["/retention", "/verify", "/api-reference"] as const),
];

/** Every public page with its languages, for search engines (sitemaps.org, with Google's `xhtml:link`). */
export async function sitemap(): Promise<Response> {
  const pages = await publicPages();
  const body = [
    `<?xml version="1.0" encoding="utf-8"?>`,
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">`,
    ...pages.flatMap(({ path, changed }) =>
      LOCALES.map((locale) => entryOf(path, locale, changed)),
    ),
    `</urlset>`,
    "",
  ].join("\n");
  return sent(body, "application/xml");
}

type PublicPage = { path: Address; changed?: Date };

async function publicPages(): Promise<PublicPage[]> {
  const ctx = await publicContext();
  const [versions, incidents, { rows: announcements }] = await Promise.all([
    listVersionDates(ctx, {}),
    listAdvisories(ctx, {}),
    listAnnouncements(ctx, {}),
  ]);
  const documents = [...new Set(versions.map(({ slug }) => slug))];
  return [
    ...PLACES.map((path) => ({ path })),
    ...documents.map((slug) => ({ path: at("/policies/*", slug) })),
    ...versions.map((one) => ({ path: addressOf(one), changed: latest(momentsOf(one)) })),
    ...incidents.map(({ number, lastAt }) => ({
      path: at("/incidents/*", number),
      changed: lastAt,
    })),
    ...announcements.map(({ id, startedAt, withdrawnAt, following }) => ({
      path: at("/announcements/*", id),
      changed: latest([startedAt, withdrawnAt, ...following.map((one) => one.at)]),
    })),
  ];
}

function entryOf(path: Address, locale: Locale, changed?: Date): string {
  const links = LOCALES.map(
    (one) =>
      `<xhtml:link rel="alternate" hreflang="${one}" href="${xml(publicAddress(one, path))}"/>`,
  );
  const when = changed ? `<lastmod>${changed.toISOString()}</lastmod>` : "";
  return `<url><loc>${xml(publicAddress(locale, path))}</loc>${when}${links.join("")}</url>`;
}

/** Rooms for those who sign in, and links that open by a key: nothing there is for search engines. */
const PRIVATE = ["ops", "settings", "inbox", "requests", "t", "sign-in"];

/** What search engines may read (RFC 9309). */
export function robots(): Response {
  const rooms = LOCALES.flatMap((locale) => PRIVATE.map((room) => `/${locale}/${room}`));
  const lines = [
    "User-agent: *",
    "Allow: /",
    ...["/api/", ...rooms].map((path) => `Disallow: ${path}`),
    "",
    `Sitemap: ${setting("APP_ORIGIN") ?? ""}/sitemap.xml`,
    "",
  ];
  return sent(lines.join("\n"), "text/plain");
}

const sent = (body: string, type: string): Response =>
  new Response(body, {
    headers: { "Content-Type": `${type}; charset=utf-8`, "Cache-Control": "public, max-age=300" },
  });
