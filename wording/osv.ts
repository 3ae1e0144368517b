import { PackageURL } from "packageurl-js";

import { LOCALES } from "@/db/vocabulary/languages";
import type { Advisory } from "@/domain/incidents/read-advisory";
import { localized } from "@/lib/localized";

import { incidentWords } from "./incident-notice";

/** The ecosystems of OSV by the type of a package-url; others have no name there (osv-schema, "ecosystem"). */
const ECOSYSTEMS: Record<string, string> = {
  ...{ maven: "Maven", npm: "npm", pub: "Pub", nuget: "NuGet", pypi: "PyPI", swift: "SwiftURL" },
  ...{ golang: "Go", composer: "Packagist", gem: "RubyGems", cargo: "crates.io", hex: "Hex" },
  conan: "ConanCenter",
};

/** "x_" is for databases that are not registered with OSV. */
export const osvId = (number: string): string => `x_${number}`;

/**
 * An incident as a record of the Open Source Vulnerability format, schema 1.7: what OSV can name of
 * its packages, and the versions affected. A bound that is not included ("> 8.0.0") has no form there
 * and is told as included: rather one version too many than one too few.
 */
export function osvOf(advisory: Advisory, page: string) {
  const { number, newest, current, firstAt, lastAt, affected, product, falseAlarm } = advisory;
  const languages = LOCALES.filter((locale) => newest.title[locale]);
  const about = languages.map((locale) => {
    const { situation, adviceDevelopers } = incidentWords(current, locale);
    return [situation.text, ...adviceDevelopers.map(({ text }) => `- ${text}`)].join("\n\n");
  });
  return {
    schema_version: "1.7.0",
    id: osvId(number),
    published: firstAt.toISOString(),
    modified: lastAt.toISOString(),
    ...(falseAlarm && { withdrawn: falseAlarm.at.toISOString() }),
    summary: languages.map((locale) => newest.title[locale]).join(" / "),
    details: about.join("\n\n---\n\n"),
    affected: packagesOf(affected),
    references: [{ type: "ADVISORY", url: page }],
    database_specific: {
      number,
      product: localized(product, "en").text,
      kind: newest.kind,
      severity: newest.severity,
      status: falseAlarm ? "false_alarm" : newest.status,
      ...(affected && affected.regions.length > 0 && { regions: affected.regions }),
    },
  };
}

function packagesOf(affected: Advisory["affected"]) {
  return (affected?.packages ?? []).flatMap(({ purl }) => {
    const { type, namespace, name } = PackageURL.fromString(purl);
    const ecosystem = ECOSYSTEMS[type];
    if (!ecosystem) return [];
    const full = namespace ? `${namespace}${type === "maven" ? ":" : "/"}${name}` : name;
    return [
      { package: { ecosystem, name: full, purl }, ...versionsOf(affected?.versions ?? null) },
    ];
  });
}

type Versions = NonNullable<Advisory["affected"]>["versions"];
type Version = NonNullable<Versions>[number];
type Event = { introduced: string } | { fixed: string } | { last_affected: string };

function versionsOf(versions: Versions) {
  if (!versions) return { ranges: [ecosystemRange([{ introduced: "0" }])] };
  const ranges = versions.flatMap((one) => ("from" in one ? [ecosystemRange(eventsOf(one))] : []));
  const exact = versions.flatMap((one) => ("exactly" in one ? [one.exactly] : []));
  return { ...(ranges.length > 0 && { ranges }), ...(exact.length > 0 && { versions: exact }) };
}

const ecosystemRange = (events: Event[]) => ({ type: "ECOSYSTEM", events });

function eventsOf({ from, to }: Extract<Version, { from: unknown }>): Event[] {
  const begin = { introduced: from?.version ?? "0" };
  if (!to) return [begin];
  return [begin, to.included ? { last_affected: to.version } : { fixed: to.version }];
}
