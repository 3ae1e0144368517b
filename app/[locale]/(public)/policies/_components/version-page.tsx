import { type Metadata } from "next";
import { getTranslations } from "next-intl/server";

import { ReadAbout } from "@/app/[locale]/_inbox/read-about";
import type { Locale } from "@/db/vocabulary/languages";
import { at } from "@/lib/addresses";
import { publicContext } from "@/server/public-context";
import { publicAddress, publicMetadata } from "@/server/public-metadata";
import { visitorContext } from "@/server/session";
import { contactMail, vendorName } from "@/server/vendor";

import { readPublicVersion } from "../_reads/version";
import { OwnAnswer } from "./own-answers";
import { Reader } from "./reader";

/** `label` is null on the page of whichever version is in force. */
type Props = { slug: string; label: string | null; locale: Locale };

/** A version's page, under its own address or the document's. */
export async function VersionPage({ slug, label, locale }: Props) {
  const reading = await readPublicVersion(slug, label, locale);
  return (
    <Reader
      reading={reading}
      vendor={vendorName(locale)}
      contact={await contactMail()}
      now={(await publicContext()).now}
      own={
        <>
          <OwnAnswer slug={slug} version={reading.version} />
          <ReadAbout ctx={await visitorContext()} subjectIds={[reading.version.id]} />
        </>
      }
      address={publicAddress(locale, at("/policies/*/*", slug, reading.version.label))}
    />
  );
}

export async function versionMetadata({ slug, label, locale }: Props): Promise<Metadata> {
  const { document, version, locales } = await readPublicVersion(slug, label, locale);
  const t = await getTranslations({ locale, namespace: "policies.page" });
  const path = label === null ? at("/policies/*", slug) : at("/policies/*/*", slug, label);
  const words = {
    title: document.titles[locale],
    label: version.label,
    vendor: vendorName(locale),
  };
  return publicMetadata({
    locale,
    path,
    title: label === null ? words.title : t("title", words),
    description: t(label === null ? "descriptionCurrent" : "description", words),
    locales,
    types: {
      "text/markdown": `${publicAddress(locale, path)}.md`,
      "application/json": `${publicAddress(locale, path)}.json`,
    },
  });
}
