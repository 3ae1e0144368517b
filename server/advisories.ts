import "server-only";
import { createHash } from "node:crypto";

import { NotFound } from "@/domain/errors";
import { listAdvisories, readAdvisory } from "@/domain/incidents/read-advisory";
import { at } from "@/lib/addresses";
import { setting } from "@/lib/env";
import { csafFile, csafOf } from "@/wording/csaf";
import { osvId, osvOf } from "@/wording/osv";

import { publicContext } from "./public-context";
import { publicAddress } from "./public-metadata";
import { contactMail, vendorName } from "./vendor";

/** Where the advisories for scanners lie. */
const origin = (): string => setting("APP_ORIGIN") ?? "";
const csafAddress = (file: string): string => `${origin()}/advisories/csaf/${file}`;
const FEED = "feed-tlp-white.json";

/** Where the documents of a public incident lie, by the name of their standard; none before a public notice. */
export function advisoryAddresses(
  number: string,
  firstAt: Date | undefined,
): Record<string, string> {
  if (!firstAt) return {};
  return {
    OSV: `${origin()}/advisories/osv/${osvId(number)}.json`,
    "CSAF 2.0": csafAddress(csafFile({ number, firstAt })),
  };
}

const page = (number: string): string => publicAddress("zh-CN", at("/incidents/*", number));

const publisher = async () => ({
  name: vendorName("zh-CN"),
  namespace: origin(),
  contact: await contactMail(),
});

/**
 * A file of the OSV folder: a record, or `modified_id.csv`, by which a mirror finds what is new
 * (the layout of OSV's own export). @throws NotFound
 */
export async function osvFile(file: string): Promise<Response> {
  const ctx = await publicContext();
  if (file === "modified_id.csv") {
    const all = await listAdvisories(ctx, {});
    return csv(all.map(({ number, lastAt }) => `${lastAt.toISOString()},${osvId(number)}`));
  }
  const [, number] = /^x_(.+)\.json$/.exec(file) ?? [];
  if (number === undefined) throw new NotFound("errors.notFound");
  return json(textOf(osvOf(await readAdvisory(ctx, { number }), page(number))));
}

/**
 * A file of the CSAF folder as a provider lays it out (CSAF 2.0, 7.1.11–7.1.18): documents by year with
 * their hashes, `index.txt`, `changes.csv` and a ROLIE feed. @throws NotFound
 */
export async function csafFolder(parts: readonly string[]): Promise<Response> {
  const ctx = await publicContext();
  const name = parts.join("/");
  if (parts.length === 1) {
    const all = await listAdvisories(ctx, {});
    const files = all.map((one) => ({ ...one, file: csafFile(one) }));
    switch (name) {
      case "index.txt":
        return plain(files.map(({ file }) => file));
      case "changes.csv":
        return csv(files.map(({ file, lastAt }) => `"${file}","${lastAt.toISOString()}"`));
      case FEED:
        return json(textOf(rolieOf(files)));
      default:
        throw new NotFound("errors.notFound");
    }
  }
  const [, file = "", small = "", hash] =
    /^(\d{4}\/([^/]+)\.json)(?:\.(sha256|sha512))?$/.exec(name) ?? [];
  const advisory = await readAdvisory(ctx, { number: small.toUpperCase() });
  if (file !== csafFile(advisory)) throw new NotFound("errors.notFound");
  const { number } = advisory;
  const text = textOf(
    csafOf(advisory, { publisher: await publisher(), page: page(number), self: csafAddress(file) }),
  );
  if (!hash) return json(text);
  return plain([`${createHash(hash).update(text).digest("hex")}  ${file.slice(5)}`]);
}

type File = { number: string; title: string; file: string; firstAt: Date; lastAt: Date };

function rolieOf(files: readonly File[]) {
  const [newest] = files;
  return {
    feed: {
      id: "feed-tlp-white",
      title: `CSAF ${vendorName("zh-CN")} (TLP:WHITE)`,
      link: [{ rel: "self", href: csafAddress(FEED) }],
      category: [{ scheme: "urn:ietf:params:rolie:category:information-type", term: "csaf" }],
      updated: (newest?.lastAt ?? new Date(0)).toISOString(),
      entry: files.map(({ number, title, file, firstAt, lastAt }) => ({
        id: number,
        title,
        link: [
          { rel: "self", href: csafAddress(file) },
          { rel: "hash", href: csafAddress(`${file}.sha256`) },
          { rel: "hash", href: csafAddress(`${file}.sha512`) },
        ],
        published: firstAt.toISOString(),
        updated: lastAt.toISOString(),
        content: { type: "application/json", src: csafAddress(file) },
        format: {
          schema: "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json",
          version: "2.0",
        },
      })),
    },
  };
}

/** Who publishes advisories here and where they lie, for whatever looks under `/.well-known/csaf` (7.1.7). */
export async function providerMetadata(): Promise<Response> {
  const [newest] = await listAdvisories(await publicContext(), {});
  const { name, namespace, contact } = await publisher();
  return json(
    textOf({
      canonical_url: `${origin()}/.well-known/csaf/provider-metadata.json`,
      distributions: [
        {
          rolie: {
            feeds: [{ summary: "TLP:WHITE", tlp_label: "WHITE", url: csafAddress(FEED) }],
          },
        },
        { directory_url: csafAddress("") },
      ],
      last_updated: (newest?.lastAt ?? new Date(0)).toISOString(),
      list_on_CSAF_aggregators: true,
      metadata_version: "2.0",
      mirror_on_CSAF_aggregators: true,
      publisher: { category: "vendor", name, namespace, contact_details: contact },
      role: "csaf_provider",
    }),
  );
}

/** Whom to tell of a weakness (RFC 9116); it holds for a month from when it is read. */
export async function securityText(): Promise<Response> {
  const { now } = await publicContext();
  const month = new Date(now.getTime() + 30 * 24 * 3_600_000);
  return plain([
    `Contact: mailto:${await contactMail()}`,
    `Expires: ${month.toISOString().slice(0, 10)}T00:00:00Z`,
    "Preferred-Languages: zh, en",
    `Canonical: ${origin()}/.well-known/security.txt`,
    `CSAF: ${origin()}/.well-known/csaf/provider-metadata.json`,
  ]);
}

const textOf = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const sent = (text: string, type: string): Response =>
  new Response(text, {
    headers: {
      "Content-Type": type,
      "Cache-Control": "public, max-age=60",
      "Access-Control-Allow-Origin": "*",
    },
  });
const json = (text: string) => sent(text, "application/json");
const lines = (all: readonly string[]): string => all.map((one) => `${one}\n`).join("");
const plain = (all: readonly string[]) => sent(lines(all), "text/plain; charset=utf-8");
const csv = (all: readonly string[]) => sent(lines(all), "text/csv; charset=utf-8");
