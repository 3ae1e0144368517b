import { getLocale, getTranslations } from "next-intl/server";

import { NavigationProgress } from "@/components/layout/navigation-progress";
import { ShellManners } from "@/components/layout/pathname";
import { PublicFooter, type PublicFooterProps } from "@/components/layout/public-footer";
import { PublicHeader, type PublicHeaderProps } from "@/components/layout/public-header";
import { SkipLink } from "@/components/ui/skip-link";
import { shownCard, vendorName } from "@/server/vendor";

type Props = {
  banner?: React.ReactNode;
  /** Leads to the reader's console; not known on pages that are the same for everybody. */
  isSignedIn?: boolean;
  children: React.ReactNode;
};

/** The shell of the reading side with this installation's vendor and contact. It asks nothing about the reader. */
export async function PublicFrame({ banner, isSignedIn = false, children }: Props) {
  const [t, locale] = await Promise.all([getTranslations("layout"), getLocale()]);
  return (
    <PublicShell
      banner={banner}
      vendorName={vendorName(locale)}
      entry={{ href: "/home", label: t(isSignedIn ? "console" : "signIn") }}
      card={await shownCard(locale)}
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
