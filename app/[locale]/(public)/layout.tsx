import { hasLocale } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";

import { PublicShell } from "@/components/layout/public-shell";
import { setting } from "@/lib/env";
import { routing } from "@/messages/routing";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

/** The reading side. It asks nothing about the reader, so its pages can be prerendered. */
export default async function PublicLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const t = await getTranslations("layout");
  const contact = setting("PRIVACY_CONTACT") ?? "";

  return (
    <PublicShell
      vendorName={setting(locale === "zh-CN" ? "VENDOR_NAME_ZH" : "VENDOR_NAME_EN") ?? ""}
      entry={{ href: "/home", label: t("signIn") }}
      contacts={[
        { label: t("footer.contactText") },
        { label: contact, href: `mailto:${contact}` },
        { label: t("footer.postal") },
      ]}
    >
      {children}
    </PublicShell>
  );
}
