import { hasLocale } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";

import { routing } from "@/messages/routing";

import { ReaderFrame } from "../_components/reader-frame";
import { UpcomingBanner } from "../_components/upcoming-banner";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

/**
 * Incidents look like the reading side, but show each reader what they may know of: these pages are
 * not the same for everybody.
 */
export default async function IncidentsLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  return <ReaderFrame banner={<UpcomingBanner />}>{children}</ReaderFrame>;
}
