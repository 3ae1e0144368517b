import { SkipLink } from "@/components/ui/skip-link";

import { PublicFooter, type PublicFooterProps } from "./public-footer";
import { PublicHeader, type PublicHeaderProps } from "./public-header";

type Props = PublicHeaderProps &
  PublicFooterProps & {
    /** Above the page, below the header. */
    banner?: React.ReactNode;
    children: React.ReactNode;
  };

/** The reading side: paper ground, header, one column, footer. */
export function PublicShell({ banner, children, ...props }: Props) {
  return (
    <div className="bg-surface text-body flex min-h-dvh flex-col">
      <SkipLink target="main" />
      <PublicHeader {...props} />
      {banner && (
        <div className="mx-auto grid w-full max-w-312 gap-2 px-5 pt-4 empty:hidden md:px-8">
          {banner}
        </div>
      )}
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-312 flex-1 px-5 outline-none md:px-8"
      >
        {children}
      </main>
      <PublicFooter {...props} />
    </div>
  );
}
