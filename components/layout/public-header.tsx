import { useTranslations } from "next-intl";

import { ButtonLink } from "@/components/ui/button";
import { LanguageSwitch } from "@/components/ui/language-switch";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { type Address } from "@/lib/addresses";

import { Lockup } from "./lockup";
import { NavLink } from "./pathname";

export type PublicHeaderProps = {
  vendorName: string;
  /** The button at the end: to sign in, or to the console of who is signed in. */
  entry: { href: Address; label: string };
};

/** Each by the title of its page; the last is the way back for who has no console. */
const PAGES = [
  ["/policies", "policies.library.title"],
  ["/incidents", "incidents.title"],
  ["/announcements", "announcements.title"],
  ["/rights", "requests.filing.door.title"],
  ["/requests", "layout.footer.ownRequests"],
] as const;

export function PublicHeader({ vendorName, entry }: PublicHeaderProps) {
  const t = useTranslations();
  return (
    <header className="border-line bg-surface text-ui border-b print:hidden">
      <div className="max-w-page mx-auto flex w-full items-center gap-x-10 gap-y-1 px-5 whitespace-nowrap max-xl:flex-wrap max-xl:gap-x-2 max-xl:pt-2.5 md:px-8 xl:min-h-15">
        <Lockup href="/" owner={vendorName} />
        <nav aria-label={t("layout.mainNavigation")} className="max-xl:order-3 max-xl:w-full">
          <ul className="flex gap-1 max-xl:flex-wrap max-xl:gap-x-5">
            {PAGES.map(([href, title]) => (
              <li key={href}>
                <NavLink
                  href={href}
                  className="text-ink-soft hover:text-ink aria-[current]:border-ink aria-[current]:text-ink block border-b-2 border-transparent px-3 py-2 no-underline aria-[current]:font-semibold max-xl:px-0 max-xl:py-2.5"
                >
                  {t(title)}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <div className="ml-auto flex flex-wrap items-center justify-end md:gap-1">
          <LanguageSwitch />
          <ThemeToggle />
          <ButtonLink href={entry.href}>{entry.label}</ButtonLink>
        </div>
      </div>
    </header>
  );
}
