import { useTranslations } from "next-intl";
import { useId } from "react";

import { CountDot } from "@/components/ui/count-dot";
import { type Address } from "@/lib/addresses";

import { NavLink } from "./pathname";

export type NavItem = {
  href: Address;
  label: string;
  /** How many are there, in grey. */
  count?: number | undefined;
  /** How many wait for the reader, as the red dot. */
  unread?: number | undefined;
  exact?: boolean;
};

/** Items under a heading; the first group of a shell has none. */
export type NavGroup = { title?: string; items: readonly NavItem[] };

export const SIDE_NAV_ID = "side-navigation";

/** 224 px at the side; on a narrow screen a native popover that the menu button opens. */
export function SideNav({ groups }: { groups: readonly NavGroup[] }) {
  const t = useTranslations("layout");
  return (
    <nav
      id={SIDE_NAV_ID}
      popover="auto"
      aria-label={t("mainNavigation")}
      className="bg-ground backdrop:bg-scrim max-lg:open:shadow-dialog m-0 border-0 px-3 pt-3 pb-6 text-inherit max-lg:open:fixed max-lg:open:inset-y-0 max-lg:open:right-auto max-lg:open:left-0 max-lg:open:h-dvh max-lg:open:max-h-none max-lg:open:w-68 max-lg:open:overflow-auto lg:sticky lg:inset-auto lg:top-(--h-bar) lg:block lg:h-auto lg:max-h-[calc(100dvh-var(--h-bar))] lg:w-auto lg:self-start lg:overflow-auto print:hidden"
    >
      {groups.map(({ title, items }) => (
        <Group key={title ?? ""} title={title} items={items} />
      ))}
    </nav>
  );
}

function Group({ title, items }: { title: string | undefined; items: readonly NavItem[] }) {
  const titleId = useId();
  return (
    <>
      {title && (
        <p id={titleId} className="text-caption text-ink-muted px-3 pt-4 pb-1 font-semibold">
          {title}
        </p>
      )}
      <ul aria-labelledby={title && titleId}>
        {items.map(({ href, label, count, unread, exact }) => (
          <li key={href}>
            <NavLink
              href={href}
              exact={exact ?? false}
              className="text-ink-soft hover:bg-hover hover:text-ink aria-[current]:bg-ink/7 aria-[current]:text-ink flex min-h-8.5 items-center gap-2.5 rounded-md px-3 no-underline aria-[current]:font-semibold max-lg:min-h-11"
            >
              {label}
              {unread ? (
                <CountDot count={unread} className="ml-auto" />
              ) : (
                (count ?? 0) > 0 && (
                  <span className="text-caption text-ink-muted ml-auto font-normal tabular-nums">
                    {count}
                  </span>
                )
              )}
            </NavLink>
          </li>
        ))}
      </ul>
    </>
  );
}
