import { getTranslations, setRequestLocale } from "next-intl/server";

import { ReadingPage } from "@/components/layout/reading-page";
import { PrintFooter } from "@/components/policies/print-footer";
import { Banner } from "@/components/ui/banner";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Facts } from "@/components/ui/facts";
import { linkClass } from "@/components/ui/link";
import { PrintButton } from "@/components/ui/print-button";
import { Section } from "@/components/ui/section";
import type { Locale } from "@/db/vocabulary/languages";
import { findFactSheet } from "@/domain/incidents/downstream";
import { at, withLanguage } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { publicAddress } from "@/server/public-metadata";
import { requireContext } from "@/server/session";
import { vendorName } from "@/server/vendor";
import { factSheetWords } from "@/wording/fact-sheet";

type Props = { params: Promise<{ locale: Locale; number: string; uin: string }> };

async function find({ params }: Props) {
  const { locale, number, uin } = await params;
  setRequestLocale(locale);
  const ctx = await requireContext("inbox.readOwn");
  const sheet = await orNotFound(findFactSheet(ctx, { number, uin }));
  return { locale, sheet, words: factSheetWords(sheet, locale, vendorName(locale)) };
}

export async function generateMetadata(props: Props) {
  const { words } = await find(props);
  return { title: words.title, robots: { index: false } };
}

/** What an account may hand on of an incident, to read, to print and as a text file; no legal advice. */
export default async function FactSheetPage(props: Props) {
  const { locale, sheet, words } = await find(props);
  const [t, incidents] = [
    await getTranslations("incidents.downstream"),
    await getTranslations("incidents"),
  ];
  const { number, account, current } = sheet;
  const place = at("/incidents/*/sheet/*", number, account.uin);
  return (
    <ReadingPage
      as="article"
      above={
        <Breadcrumb
          crumbs={[
            { label: incidents("title"), href: "/incidents" },
            { label: number, href: at("/incidents/*", number) },
            { label: t("sheetColumn") },
          ]}
        />
      }
      title={words.title}
      lead={words.lead}
      notices={<Banner tone="plain">{words.disclaimer}</Banner>}
      aside={
        <aside className="text-ui print:hidden">
          <div className="-ml-4">
            <PrintButton label={incidents("page.print")} />
          </div>
          <p className="mt-3">
            <a
              className={linkClass()}
              href={withLanguage(locale, at("/incidents/*/sheet/*/sheet.txt", number, account.uin))}
              download
            >
              {t("asText")}
            </a>
          </p>
        </aside>
      }
    >
      <Section title={t("sheet.moments")} note={words.momentsNote}>
        <Facts facts={words.moments.map(([term, value]) => ({ term, value }))} />
      </Section>
      <Section title={t("sheet.facts")}>
        <Facts
          facts={words.facts.map(([term, value]) => ({
            term,
            value: <span className="wrap-anywhere whitespace-pre-line">{value}</span>,
          }))}
        />
      </Section>
      {words.parts.map(({ title, lines }) => (
        <Section key={title} title={title}>
          {lines.map((line, index) => (
            <p key={index} className="mb-2 wrap-anywhere whitespace-pre-line">
              {line}
            </p>
          ))}
        </Section>
      ))}
      <PrintFooter
        name={`${number} · ${account.name}`}
        contentHash={current.contentHash}
        address={publicAddress(locale, place)}
      />
    </ReadingPage>
  );
}
