import { useLocale, useTranslations } from "next-intl";

import { Icon } from "@/components/ui/icon";
import { LanguageSwitch } from "@/components/ui/language-switch";
import {
  MenuButton,
  MenuLabel,
  MenuLine,
  MenuLink,
  PopoverMenu,
} from "@/components/ui/popover-menu";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { type Address, withLanguage } from "@/lib/addresses";

export type PersonMenuProps = {
  name: string;
  /** Below the name: the address, the roles. */
  note?: React.ReactNode;
  links?: readonly { href: Address; label: string }[];
};

export function PersonMenu({ name, note, links = [] }: PersonMenuProps) {
  const t = useTranslations("layout");
  const locale = useLocale();
  return (
    <PopoverMenu
      id="person-menu"
      align="end"
      triggerLabel={t("person", { name })}
      triggerClassName="inline-flex h-9 items-center gap-1.5 rounded-md px-2 text-ink-soft hover:bg-hover hover:text-ink max-md:h-11 max-md:min-w-11 max-md:justify-center"
      trigger={
        <>
          <Icon name="person" size={20} className="md:hidden" />
          <span className="max-w-40 truncate max-md:hidden">{name}</span>
          <Icon name="chevron-down" size={14} className="max-md:hidden" />
        </>
      }
    >
      <p className="px-2.5 pt-1.5 font-semibold">{name}</p>
      {note && <MenuLabel>{note}</MenuLabel>}
      <div className="flex items-center sm:hidden">
        <LanguageSwitch />
        <ThemeToggle />
      </div>
      <MenuLine />
      {links.map(({ href, label }) => (
        <MenuLink key={href} href={href}>
          {label}
        </MenuLink>
      ))}
      {links.length > 0 && <MenuLine />}
      <form action={withLanguage(locale, "/sign-out")} method="post">
        <MenuButton type="submit">
          <Icon name="sign-out" />
          {t("signOut")}
        </MenuButton>
      </form>
    </PopoverMenu>
  );
}
