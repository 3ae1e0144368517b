import { type Metadata, type Viewport } from "next";
import { hasLocale, NextIntlClientProvider } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { headers } from "next/headers";
import { notFound } from "next/navigation";

import { MANNERS, THEME_SCRIPT } from "@/lib/own-scripts";
import { messagesForReading } from "@/messages";
import { routing } from "@/messages/routing";
import { nonceOf } from "@/server/content-security-policy";

import "../globals.css";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

export function generateStaticParams() {
  return routing.locales.map((locale) => ({ locale }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) return {};
  const t = await getTranslations({ locale, namespace: "common" });
  return {
    title: { default: t("productName"), template: `%s · ${t("productName")}` },
    description: t("productDescription"),
    formatDetection: { telephone: false, date: false, address: false, email: false },
  };
}

export const viewport: Viewport = { colorScheme: "light dark", viewportFit: "cover" };

/** The document: its language and the words that every page needs. Shells belong to the route groups. */
export default async function LocaleLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const nonce = nonceOf((await headers()).get("content-security-policy"));

  return (
    // The script in the head sets the theme on this element before React reads it.
    <html lang={locale} suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
        <script src={MANNERS} defer nonce={nonce} suppressHydrationWarning />
      </head>
      <body>
        <NextIntlClientProvider locale={locale} messages={messagesForReading(locale)}>
          {children}
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
