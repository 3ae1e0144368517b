import { hasLocale } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";

import { UpcomingBanner } from "@/components/policies/upcoming-banner";
import { routing } from "@/messages/routing";

import { PublicFrame } from "../_components/public-frame";
import { readUpcoming } from "./_reads/upcoming";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

/** The reading side. It shows everybody the same and asks nothing about the reader. */
export default async function PublicLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const changes = await readUpcoming();
  return <PublicFrame banner={<UpcomingBanner changes={changes} />}>{children}</PublicFrame>;
}
