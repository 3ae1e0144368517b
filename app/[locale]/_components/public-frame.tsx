import { useLocale, useTranslations } from "next-intl";

import { NavigationProgress } from "@/components/layout/navigation-progress";
import { ShellManners } from "@/components/layout/pathname";
import { PublicFooter, type PublicFooterProps } from "@/components/layout/public-footer";
import { PublicHeader, type PublicHeaderProps } from "@/components/layout/public-header";
import { SkipLink } from "@/components/ui/skip-link";
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

type PublicShellProps = PublicHeaderProps &
  PublicFooterProps & {
    /** Above the page, below the header. */
    banner?: React.ReactNode;
    children: React.ReactNode;
  };

/** The reading side: paper ground, header, one column, footer. */
function PublicShell({ banner, children, ...props }: PublicShellProps) {
  return (
    <div className="bg-surface text-body flex min-h-dvh flex-col">
      <ShellManners />
      <NavigationProgress />
      <SkipLink target="main" />
      <PublicHeader {...props} />
      {banner && (
        <div className="max-w-page mx-auto grid w-full gap-2 px-5 pt-4 empty:hidden md:px-8">
          {banner}
        </div>
      )}
      <main
        id="main"
        tabIndex={-1}
        className="max-w-page mx-auto w-full flex-1 px-5 outline-none md:px-8"
      >
        {children}
      </main>
      <PublicFooter {...props} />
    </div>
  );
}
