import { hasLocale } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";

import { routing } from "@/messages/routing";

import { ReaderFrame } from "../_components/reader-frame";
import { UpcomingBanner } from "../_components/upcoming-banner";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

/** The reading side. What it shows is the same for everybody; a developer reads it in the console. */
export default async function PublicLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  return <ReaderFrame banner={<UpcomingBanner />}>{children}</ReaderFrame>;
}
