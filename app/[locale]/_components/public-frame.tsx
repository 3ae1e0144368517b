import { useLocale, useTranslations } from "next-intl";

import { PublicShell } from "@/components/layout/public-shell";
import { setting } from "@/lib/env";

type Props = {
  banner?: React.ReactNode;
  /** Leads to the reader's console; not known on pages that are the same for everybody. */
  isSignedIn?: boolean;
  children: React.ReactNode;
};

/** The shell of the reading side with this installation's vendor and contact. It asks nothing about the reader. */
export function PublicFrame({ banner, isSignedIn = false, children }: Props) {
  const t = useTranslations("layout");
  const locale = useLocale();
  const contact = setting("PRIVACY_CONTACT") ?? "";
  const address = setting("POSTAL_ADDRESS");

  return (
    <PublicShell
      banner={banner}
      vendorName={setting(locale === "zh-CN" ? "VENDOR_NAME_ZH" : "VENDOR_NAME_EN") ?? ""}
      entry={{ href: "/home", label: t(isSignedIn ? "console" : "signIn") }}
      contacts={[
        { label: t("footer.contactText") },
        { label: contact, href: `mailto:${contact}` },
        ...(address ? [{ label: t("footer.postal", { address }) }] : []),
      ]}
    >
      {children}
    </PublicShell>
  );
}
