import { hasLocale } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";

import { routing } from "@/messages/routing";

import { PublicFrame } from "../_components/public-frame";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

/** The door: public in look, but never prerendered, because it opens sessions. */
export default async function EntryLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  return (
    <PublicFrame>
      <div className="mx-auto w-full max-w-120 py-12 md:py-20">{children}</div>
    </PublicFrame>
  );
}
