import { PackageURL } from "packageurl-js";

import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import type { Advisory } from "@/domain/incidents/read-advisory";
import { translator } from "@/messages/translator";

import { incidentWords } from "./incident-notice";

/** Who publishes, as CSAF's `publisher` has it. */
export type CsafPublisher = { name: string; namespace: string; contact: string };

/** The file of an advisory: its year's folder and its number in small letters (CSAF 2.0, 5.1 and 7.1.11). */
export const csafFile = ({ number, firstAt }: { number: string; firstAt: Date }): string =>
  `${firstAt.getUTCFullYear()}/${number.toLowerCase().replaceAll(/[^+\-a-z0-9]+/g, "_")}.json`;

/**
 * An incident as a CSAF 2.0 document: a security advisory where its rule says which packages and
 * versions a vulnerability is in (profile 4), else a security incident response (profile 2).
 * @param page the incident's page; @param self where this document lies
 */
export function csafOf(
  advisory: Advisory,
  { publisher, page, self }: { publisher: CsafPublisher; page: string; self: string },
) {
  const { number, notices, newest, firstAt, lastAt, falseAlarm } = advisory;
  const products = productsOf(advisory);
  const revisions = [
    ...notices.map(({ publishedAt, facts }) => ({
      date: publishedAt.toISOString(),
      summary: facts.title["zh-CN"] ?? facts.title.en ?? facts.type,
    })),
    ...(falseAlarm ? [{ date: falseAlarm.at.toISOString(), summary: falseAlarm.reason }] : []),
  ].toSorted((a, b) => a.date.localeCompare(b.date));
  const isAdvisory = newest.kind === "vulnerability" && products.length > 0;
  return {
    document: {
      category: isAdvisory ? "csaf_security_advisory" : "csaf_security_incident_response",
      csaf_version: "2.0",
      title: titleOf(advisory),
      lang: "zh-CN",
      distribution: { tlp: { label: "WHITE" } },
      publisher: {
        category: "vendor",
        name: publisher.name,
        namespace: publisher.namespace,
        contact_details: publisher.contact,
      },
      references: [
        { category: "self", summary: "CSAF", url: self },
        { category: "external", summary: number, url: page },
      ],
      notes: notesOf(advisory),
      tracking: {
        id: number,
        status: falseAlarm || newest.type === "final" ? "final" : "interim",
        version: String(revisions.length),
        initial_release_date: firstAt.toISOString(),
        current_release_date: lastAt.toISOString(),
        revision_history: revisions.map((one, index) => ({ ...one, number: String(index + 1) })),
      },
    },
    ...(products.length > 0 && { product_tree: treeOf(advisory, products, publisher.name) }),
    ...(isAdvisory && { vulnerabilities: [vulnerabilityOf(advisory, products)] }),
  };
}

/** Of a false alarm the title says so: the format has no other place for it. */
function titleOf({ newest, falseAlarm }: Advisory): string {
  const title = newest.title["zh-CN"] ?? newest.title.en ?? "";
  return falseAlarm ? translator("zh-CN", "withdrawals")("feedTitle", { title }) : title;
}

/** What happened and what to do, in each language it was told in. */
function notesOf({ current, newest, falseAlarm }: Advisory) {
  if (falseAlarm)
    return [{ category: "description", title: newest.incidentNumber, text: falseAlarm.reason }];
  return LOCALES.filter((locale) => newest.title[locale]).flatMap((locale) => {
    const { title, situation, adviceDevelopers, adviceEndUsers } = incidentWords(current, locale);
    const advice = [...adviceDevelopers, adviceEndUsers].map(({ text }) => text).filter(Boolean);
    const note = (category: string, text: string) => ({ category, title: title.text, text });
    return [
      note("description", situation.text),
      ...(advice.length > 0 ? [note("details", advice.join("\n"))] : []),
    ];
  });
}

type Affected = { id: string; range: string; purl: string };

/** Each package with each range of its versions, numbered. */
function productsOf({ affected }: Advisory): Affected[] {
  if (!affected) return [];
  const { packages, versions } = affected;
  return packages.flatMap(({ purl }) => {
    const scheme = PackageURL.fromString(purl).type;
    return (versions?.flatMap(versOf) ?? ["*"]).map((range) => ({
      ...{ purl, range: `vers:${scheme}/${range}` },
      id: `${purl} ${range}`,
    }));
  });
}

/** A range in the form of the version range specifier ("vers"). */
function versOf(one: NonNullable<NonNullable<Advisory["affected"]>["versions"]>[number]) {
  if ("exactly" in one) return [one.exactly];
  if ("nothing" in one) return [];
  const { from, to } = one;
  const bounds = [
    ...(from ? [`${from.included ? ">=" : ">"}${from.version}`] : []),
    ...(to ? [`${to.included ? "<=" : "<"}${to.version}`] : []),
  ];
  return [bounds.length > 0 ? bounds.join("|") : "*"];
}

function treeOf({ product }: Advisory, products: readonly Affected[], vendor: string) {
  const versions = products.map(({ id, range, purl }) => ({
    category: "product_version_range",
    name: range,
    product: {
      product_id: id,
      name: `${product["zh-CN"]} ${purl} ${range}`,
      product_identification_helper: { purl },
    },
  }));
  const ofProduct = { category: "product_name", name: product["zh-CN"], branches: versions };
  return { branches: [{ category: "vendor", name: vendor, branches: [ofProduct] }] };
}

function vulnerabilityOf(advisory: Advisory, products: readonly Affected[]) {
  const { current, newest } = advisory;
  const locale: Locale = newest.title["zh-CN"] ? "zh-CN" : "en";
  const { situation, adviceDevelopers } = incidentWords(current, locale);
  const ids = products.map(({ id }) => id);
  const advice = adviceDevelopers.map(({ text }) => text).join("\n");
  return {
    title: titleOf(advisory),
    discovery_date: new Date(newest.discoveredAt).toISOString(),
    notes: [{ category: "description", text: situation.text }],
    product_status: { known_affected: ids },
    remediations: [
      advice
        ? { category: "vendor_fix", details: advice, product_ids: ids }
        : { category: "none_available", details: situation.text, product_ids: ids },
    ],
  };
}
