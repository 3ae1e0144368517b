import { type Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";

import { ContactLines } from "@/components/policies/contact-card";
import { ReadingPage } from "@/components/layout/reading-page";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { Locale } from "@/db/vocabulary/languages";
import { HOLD_REASONS, REQUEST_TYPES, RIGHT_ROOMS } from "@/db/vocabulary/requests";
import { at, withLanguage } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";
import { publicMetadata } from "@/server/public-metadata";
import { shownCard, vendorName } from "@/server/vendor";

const PROOFS = ["none", "developer", "onBehalf", "endUser", "guardian", "agent"] as const;
const SETTINGS = ["console", "sdk"] as const;

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "requests.filing.door" });
  return publicMetadata({ locale, path: "/rights", title: t("title"), description: t("lead") });
}

/** Before anything is asked: who may file, with which proof, what the law keeps, and the other ways. */
export default async function RightsPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const [t, type, hold] = await Promise.all([
    getTranslations("requests.filing.door"),
    getTranslations("requests.type"),
    getTranslations("requests.hold"),
  ]);
  const card = await shownCard(locale);
  const signIn = at("/sign-in", { return: withLanguage(locale, "/requests/new") });
  const list = "list-disc space-y-1 pl-5";
  return (
    <ReadingPage title={t("title")} lead={t("lead")}>
      <div className="mb-6 grid gap-x-14 gap-y-8 md:grid-cols-2">
        <Door title={t("developer")} text={t("developerText")}>
          <ButtonLink href={signIn}>{t("developerOpen")}</ButtonLink>
        </Door>
        <Door title={t("endUser")} text={t("endUserText")}>
          <ButtonLink href="/sign-in/prove" variant="primary">
            {t("endUserOpen")}
          </ButtonLink>
        </Door>
      </div>
      <p className="mb-10">
        {t("filed")} <Link href="/requests">{t("filedOpen")}</Link>
      </p>
      <Section title={t("what")}>
        <p>{[...REQUEST_TYPES, ...RIGHT_ROOMS].map((one) => type(one)).join(t("separator"))}</p>
      </Section>
      <Section title={t("settings.title")}>
        <p className="mb-2">{t("settings.lead")}</p>
        <ul className={list}>
          {SETTINGS.map((one) => (
            <li key={one}>{t(`settings.${one}`)}</li>
          ))}
          <li>
            {t("settings.privacy")} <Link href="/settings">{t("settings.privacyOpen")}</Link>
          </li>
        </ul>
      </Section>
      <Section title={t("proof.title")}>
        <ul className={list}>
          {PROOFS.map((one) => (
            <li key={one}>{t(`proof.${one}`)}</li>
          ))}
        </ul>
        <p className="text-ink-muted mt-2">{t("proof.files")}</p>
      </Section>
      <Section title={t("term.title")}>
        <p>{t("term.text")}</p>
      </Section>
      <Section title={t("holds.title")}>
        <p className="mb-2">{t("holds.lead")}</p>
        <ul className={list}>
          {HOLD_REASONS.map((one) => (
            <li key={one}>{hold(one)}</li>
          ))}
        </ul>
      </Section>
      <Section id="contact" title={t("channels.title")}>
        <p className="mb-2">
          {t("channels.lead", { vendor: vendorName(locale) })}
          {card.since &&
            t("channels.since", { date: formatDate(shanghaiMidnight(card.since), locale) })}
        </p>
        <ul className={list}>
          <li>{t("channels.ticket")}</li>
          <ContactLines card={card} />
        </ul>
      </Section>
    </ReadingPage>
  );
}

type DoorProps = { title: string; text: string; children: React.ReactNode };

function Door({ title, text, children }: DoorProps) {
  return (
    <section className="border-line border-t pt-5">
      <h2 className="text-h4">{title}</h2>
      <p className="text-ink-soft mt-2">{text}</p>
      <Buttons className="mt-4">{children}</Buttons>
    </section>
  );
}
