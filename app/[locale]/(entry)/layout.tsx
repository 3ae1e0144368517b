import { hasLocale } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { headers } from "next/headers";
import { notFound } from "next/navigation";

import { PublicShell } from "@/components/layout/public-shell";
import { env } from "@/lib/env";
import { routing } from "@/messages/routing";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

/** The door: public in look, but never prerendered, because it sets a session. */
export default async function EntryLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const t = await getTranslations("layout");
  const { PRIVACY_CONTACT, VENDOR_NAME_ZH, VENDOR_NAME_EN } = env();

  return (
    <PublicShell
      nonce={(await headers()).get("x-nonce") ?? undefined}
      vendorName={locale === "zh-CN" ? VENDOR_NAME_ZH : VENDOR_NAME_EN}
      entry={{ href: "/sign-in", label: t("signIn") }}
      contacts={[
        { label: t("footer.contactText") },
        { label: PRIVACY_CONTACT, href: `mailto:${PRIVACY_CONTACT}` },
        { label: t("footer.postal") },
      ]}
    >
      <div className="mx-auto w-full max-w-120 py-12 md:py-20">{children}</div>
    </PublicShell>
  );
}
