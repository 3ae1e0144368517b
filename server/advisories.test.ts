import { createHash } from "node:crypto";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";

import { db } from "@/db/client";
import { incidents, products } from "@/db/schema";
import type { ProductPackage } from "@/db/schema/accounts";
import type { IncidentKind } from "@/db/vocabulary/incidents";
import csaf from "@/tests/schemas/csaf-2.0-csaf.schema.json";
import provider from "@/tests/schemas/csaf-2.0-provider.schema.json";
import osv from "@/tests/schemas/osv.schema.json";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";

import { csafFolder, osvFile, providerMetadata, securityText } from "./advisories";

/** By the standards' own schemas; a severity's CVSS is theirs alone, and we give none. */
const ajv = new Ajv2020({ strict: false });
addFormats(ajv);
for (const version of ["2.0", "3.0", "3.1"])
  ajv.addSchema({}, `https://www.first.org/cvss/cvss-v${version}.json`);
const isCsaf = ajv.compile(csaf);
const isProvider = ajv.compile(provider);
const isOsv = ajv.compile(osv);

const PACKAGES: ProductPackage[] = [
  { platform: "android", purl: "pkg:maven/example.yunqiao/im-sdk" },
  { platform: "ios", purl: "pkg:cocoapods/YunqiaoIM" },
  { platform: "web", purl: "pkg:npm/%40yunqiao-example/im-sdk" },
];

type Wish = {
  kind?: IncidentKind;
  visibility?: "public" | "affected";
  audience?: Parameters<typeof givenNotice>[1]["audience"];
  /** Whether it concerns one app by its name. */
  isNamed?: boolean;
};

/** A published incident of a product with packages. */
async function givenTold({ kind, visibility = "public", audience = {}, isNamed }: Wish = {}) {
  const desk = await givenNoticeDesk();
  await db.update(products).set({ packages: PACKAGES }).where(eq(products.id, desk.productId));
  const affected = { android: "8.0.1", ios: "8.0.1", web: "8.0.1" };
  const { app } = await givenAffected(desk.productId, { platforms: affected });
  const { id } = await givenIncident(desk, { visibility, ...(kind && { kind }) });
  const rule = isNamed ? { named: app.sdkAppId } : audience;
  await published(desk, await givenNotice(desk, { incidentId: id, audience: rule }), {
    typedPeople: 1,
  });
  const [incident] = await db.select().from(incidents).where(eq(incidents.id, id));
  return { number: incident!.number };
}

const documentOf = z.object({
  document: z.object({ category: z.string(), tracking: z.object({ id: z.string() }) }),
  product_tree: z.unknown().optional(),
  vulnerabilities: z
    .array(z.object({ product_status: z.object({ known_affected: z.array(z.string()) }) }))
    .optional(),
});
const recordOf = z.object({
  affected: z.array(
    z.object({
      package: z.unknown(),
      ranges: z.unknown(),
      versions: z.array(z.string()).optional(),
    }),
  ),
});

const read = async (response: Promise<Response>) => (await response).text();
const fileOf = (number: string) => `${number.toLowerCase()}.json`;
const csafOf = async (number: string) =>
  JSON.parse(await read(csafFolder(["2026", fileOf(number)])));
const osvOf = async (number: string) => JSON.parse(await read(osvFile(`x_${number}.json`)));
const held = (check: ValidateFunction, value: unknown) => (check(value) ? [] : check.errors);

test("a vulnerability of known versions is an advisory in both standards", async () => {
  const { number } = await givenTold({
    audience: { platforms: ["android", "web"], versionRange: ">=7.9.0 <8.1.0 || 8.3.1" },
  });

  const advisory = await csafOf(number);
  expect(held(isCsaf, advisory)).toEqual([]);
  const { document, vulnerabilities } = documentOf.parse(advisory);
  expect(document).toMatchObject({ category: "csaf_security_advisory", tracking: { id: number } });
  expect(vulnerabilities?.[0]?.product_status.known_affected).toEqual([
    "pkg:maven/example.yunqiao/im-sdk >=7.9.0|<8.1.0",
    "pkg:maven/example.yunqiao/im-sdk 8.3.1",
    "pkg:npm/%40yunqiao-example/im-sdk >=7.9.0|<8.1.0",
    "pkg:npm/%40yunqiao-example/im-sdk 8.3.1",
  ]);

  const record = await osvOf(number);
  expect(held(isOsv, record)).toEqual([]);
  const ranges = [{ type: "ECOSYSTEM", events: [{ introduced: "7.9.0" }, { fixed: "8.1.0" }] }];
  const [maven, npm] = recordOf.parse(record).affected;
  expect(maven).toMatchObject({
    package: { ecosystem: "Maven", name: "example.yunqiao:im-sdk" },
    ...{ ranges, versions: ["8.3.1"] },
  });
  expect(npm).toMatchObject({ package: { ecosystem: "npm", name: "@yunqiao-example/im-sdk" } });
});

test("what has no ecosystem in OSV is left out there and stands in CSAF", async () => {
  const { number } = await givenTold({ audience: { platforms: ["ios"], versionRange: "<=8.0.2" } });

  expect(recordOf.parse(await osvOf(number)).affected).toEqual([]);
  const { vulnerabilities } = documentOf.parse(await csafOf(number));
  expect(vulnerabilities?.[0]?.product_status.known_affected).toEqual([
    "pkg:cocoapods/YunqiaoIM <=8.0.2",
  ]);
});

test.each([
  ["a leak", { kind: "leak" as const, audience: { versionRange: ">=8.0.0" } }, true],
  ["apps named outright", { isNamed: true }, false],
])("%s is an incident response, not an advisory", async (_, wish, namesVersions) => {
  const { number } = await givenTold(wish);

  const told = await csafOf(number);
  expect(held(isCsaf, told)).toEqual([]);
  expect(held(isOsv, await osvOf(number))).toEqual([]);
  const { document, vulnerabilities, product_tree: tree } = documentOf.parse(told);
  expect(document.category).toBe("csaf_security_incident_response");
  expect(vulnerabilities).toBeUndefined();
  expect(tree !== undefined).toBe(namesVersions);
});

test("what is not public is in no list and at no address", async () => {
  const { number } = await givenTold({ visibility: "affected" });

  await expect(csafOf(number)).rejects.toMatchObject({ messageKey: "errors.notFound" });
  await expect(osvOf(number)).rejects.toMatchObject({ messageKey: "errors.notFound" });
  for (const list of ["index.txt", "changes.csv", "feed-tlp-white.json"])
    expect((await read(csafFolder([list]))).toLowerCase()).not.toContain(number.toLowerCase());
  expect(await read(osvFile("modified_id.csv"))).not.toContain(number);
});

test("a provider's folder lists every document, with its hashes", async () => {
  const { number } = await givenTold();
  const metadata = JSON.parse(await read(providerMetadata()));
  expect(held(isProvider, metadata)).toEqual([]);

  const file = `2026/${fileOf(number)}`;
  expect(await read(csafFolder(["index.txt"]))).toContain(`${file}\n`);
  expect(await read(csafFolder(["changes.csv"]))).toContain(`"${file}","2026-11-20T01:50:00.000Z"`);
  expect(await read(csafFolder(["feed-tlp-white.json"]))).toContain(`/advisories/csaf/${file}"`);
  const text = await read(csafFolder(["2026", fileOf(number)]));
  for (const hash of ["sha256", "sha512"])
    expect(await read(csafFolder(["2026", `${fileOf(number)}.${hash}`]))).toBe(
      `${createHash(hash).update(text).digest("hex")}  ${fileOf(number)}\n`,
    );
});

test.each([
  [["2025", "i-2026-000001.json"]],
  [["nothing.txt"]],
  [["2026", "x"]],
  [["2026", "i.json.md5"]],
])("%s is no file of the folder", async (parts) => {
  await expect(csafFolder(parts)).rejects.toMatchObject({ messageKey: "errors.notFound" });
});

test("security.txt names a contact and holds for a month", async () => {
  const text = await read(securityText());
  expect(text).toMatch(/^Contact: mailto:\S+@\S+$/m);
  const [, expires = ""] = /^Expires: (.+)$/m.exec(text) ?? [];
  const days = (Date.parse(expires) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(28);
  expect(days).toBeLessThan(31);
});
