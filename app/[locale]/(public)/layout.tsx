import { hasLocale } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";

import { routing } from "@/messages/routing";

import { PublicFrame } from "../_components/public-frame";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

/** The reading side. Nothing here depends on the request, so its pages can be prerendered. */
export default async function PublicLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  return <PublicFrame>{children}</PublicFrame>;
}
