import { SkipLink } from "@/components/ui/skip-link";

import { LiveCounts } from "./live-counts";
import { NavigationProgress } from "./navigation-progress";
import { ShellManners } from "./pathname";
import { Shortcuts } from "./shortcuts";
import { type NavGroup, SideNav } from "./side-nav";
import { TopBar, type TopBarProps } from "./top-bar";

type Props = TopBarProps & {
  groups: readonly NavGroup[];
  /** Above the sheet's content: what every page must say until it is dealt with. */
  banner?: React.ReactNode;
  /** Below the content of every page. */
  foot?: React.ReactNode;
  /** Of what is counted (domain/inbox/pulse.ts). */
  pulse: string;
  children: React.ReactNode;
};

/** The working side, of developers and of staff: a bar, the navigation, one sheet. */
export function WorkingShell({ groups, banner, foot, pulse, children, ...bar }: Props) {
  return (
    <>
      <ShellManners />
      <NavigationProgress />
      <Shortcuts />
      <LiveCounts pulse={pulse} />
      <SkipLink target="main" />
      <TopBar {...bar} />
      <div className="grid min-h-[calc(100dvh-var(--h-bar))] grid-cols-[minmax(0,1fr)] lg:grid-cols-[var(--w-side)_minmax(0,1fr)] print:grid-cols-[minmax(0,1fr)]">
        <SideNav groups={groups} />
        <main
          id="main"
          data-shell="working"
          tabIndex={-1}
          className="border-line bg-surface min-w-0 px-4 pt-4 pb-12 outline-none md:px-8 md:pt-6 md:pb-16 lg:rounded-tl-lg lg:border-t lg:border-l print:border-0 print:p-0"
        >
          <div className="group/page max-w-sheet mx-auto print:max-w-none">
            {banner && (
              <div className="grid grid-cols-[minmax(0,1fr)] gap-2 not-empty:mb-6 group-has-[[data-without-banner]]/page:mb-0! print:hidden">
                {banner}
              </div>
            )}
            {children}
            {foot}
          </div>
        </main>
      </div>
    </>
  );
}
