import { useTranslations } from "next-intl";

import { PartSearch } from "@/components/form/list-search";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import type { AccountApp } from "@/domain/accounts/list-apps";
import type { Turns } from "@/domain/page";
import { type Address, withQuery } from "@/lib/addresses";

import { AppTable } from "./app-table";

type Props = {
  apps: { rows: readonly AccountApp[] } & Turns;
  search: string;
  /** The list's own address, with what the page keeps besides, and the place it stands on. */
  href: Address;
  /** Where an app is shown; where it is changed. */
  open?: (appId: string) => Address;
  editHref?: (appId: string) => Address;
  /** Instead of the table when there are none at all. */
  empty: { title: string; text: string };
};

/** The apps of an account page by page; where they are more than a page, to be searched. */
export function AppList({ apps, search, href, open, ...table }: Props) {
  const t = useTranslations("accounts.appSearch");
  const { rows, previous, next } = apps;
  return (
    <>
      {(search || previous || next) && <Search search={search} href={href} />}
      {rows.length === 0 && search ? (
        <EmptyState title={t("notFound", { search })}>{t("notFoundText")}</EmptyState>
      ) : (
        <AppTable apps={rows} {...table} {...(open && { href: open })} />
      )}
      <Pager name="apps" href={withQuery(href, { search })} previous={previous} next={next} />
    </>
  );
}

function Search({ search, href }: Pick<Props, "search" | "href">) {
  const t = useTranslations("accounts.appSearch");
  const [address = "", place = ""] = href.split("#");
  return (
    <PartSearch
      action={`#${place}`}
      id={`${place}-search`}
      name="search"
      value={search}
      words={{ label: t("label"), find: t("find"), clear: t("clear") }}
      clearHref={href}
      kept={Object.fromEntries(new URLSearchParams(address.split("?")[1]))}
    />
  );
}
