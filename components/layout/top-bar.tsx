import { useTranslations } from "next-intl";

import { CountDot } from "@/components/ui/count-dot";
import { Icon } from "@/components/ui/icon";
import { iconButtonClass } from "@/components/ui/icon-button";
import { LanguageSwitch } from "@/components/ui/language-switch";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { BareLink } from "@/components/ui/link";
import { type Address } from "@/lib/addresses";

import { AccountSwitch, type AccountSwitchProps } from "./account-switch";
import { Lockup } from "./lockup";
import { PersonMenu, type PersonMenuProps } from "./person-menu";
import { SIDE_NAV_ID } from "./side-nav";

export type TopBarProps = {
  homeHref: Address;
  accounts: AccountSwitchProps;
  person: PersonMenuProps;
  /** The inbox and its red dot; staff without an inbox have none. */
  inbox?: { href: Address; unread: number };
};

export function TopBar({ homeHref, accounts, person, inbox }: TopBarProps) {
  const t = useTranslations("layout");
  return (
    <header className="border-line bg-ground sticky top-0 z-[var(--z-bar)] flex min-h-(--h-bar) flex-wrap items-center gap-x-4 border-b px-4 max-md:gap-x-1 max-md:pr-2 max-md:pl-1.5 max-[18rem]:static lg:border-b-transparent print:hidden">
      <button
        type="button"
        popoverTarget={SIDE_NAV_ID}
        aria-label={t("openNavigation")}
        className={`${iconButtonClass()} lg:hidden`}
      >
        <Icon name="menu" size={20} />
      </button>
      <div className="lg:w-[calc(var(--w-side)-16px)] lg:pl-1">
        <Lockup href={homeHref} />
      </div>
      <AccountSwitch {...accounts} />
      <div className="ml-auto flex items-center gap-1 max-md:gap-0">
        {inbox && (
          <BareLink
            href={inbox.href}
            aria-label={t("unread", { count: inbox.unread })}
            className={iconButtonClass()}
          >
            <Icon name="inbox" size={20} />
            <CountDot
              count={inbox.unread}
              className="ring-ground absolute top-px right-0 ring-2 max-md:top-1 max-md:right-0.5"
            />
          </BareLink>
        )}
        <span className="contents max-sm:hidden">
          <LanguageSwitch />
          <ThemeToggle />
        </span>
        <PersonMenu {...person} />
      </div>
    </header>
  );
}
