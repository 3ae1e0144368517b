import { hasLocale } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";

import { ReadingPage } from "@/components/layout/reading-page";
import { routing } from "@/messages/routing";

import { PublicFrame } from "../_components/public-frame";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

/** Public in look, for readers who have no account any more; never prerendered: a key opens it. */
export default async function CertificateLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  return (
    <PublicFrame>
      <ReadingPage span="sheet">
        <div className="py-7 lg:py-12 print:py-0">{children}</div>
      </ReadingPage>
    </PublicFrame>
  );
}
