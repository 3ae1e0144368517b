import { getLocale, getTranslations } from "next-intl/server";

import { Button, ButtonLink } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { type listAudience } from "@/domain/incidents/list-audience";
import { type Address, type Query, withQuery } from "@/lib/addresses";
import { formatNumber } from "@/lib/format";

import { noticeAddress } from "./address";
import { AppTable } from "./app-table";
import { type Asked } from "./audience-page";

type Props = {
  read: OpsNotice;
  listed: Awaited<ReturnType<typeof listAudience>>;
  asked: Asked;
};

/** Every app concerned and why, with how its account is reached; the choice is in the address. */
export function AudienceList({ read, listed, asked }: Props) {
  const { search, unreached } = asked;
  const href = (query: Query) =>
    withQuery(noticeAddress(read, "/audience"), { ...query, "#": "list" });
  return (
    <>
      <Search
        search={search}
        unreached={unreached}
        clearHref={href(queryOf({ search: "", unreached }))}
      />
      <Filters listed={listed} asked={asked} href={href} />
      <AppTable rows={listed.rows} hasSearch={search !== "" || unreached} />
      <Pager
        href={href(queryOf({ search, unreached }))}
        previous={listed.previous}
        next={listed.next}
      />
    </>
  );
}

const queryOf = ({ search, unreached }: Pick<Asked, "search" | "unreached">): Query => ({
  search,
  unreached: unreached && "yes",
});

type FiltersProps = Pick<Props, "listed" | "asked"> & { href: (query: Query) => Address };

async function Filters({ listed, asked: { search, unreached }, href }: FiltersProps) {
  const [t, locale] = await Promise.all([
    getTranslations("incidents.desk.audienceList"),
    getLocale(),
  ]);
  const accounts = formatNumber(listed.unreachedAccounts, locale);
  return (
    <TabLinks
      label={t("filters")}
      tabs={[false, true].map((only) => ({
        href: href(queryOf({ search, unreached: only })),
        label: only ? t("unreached", { accounts }) : t("all"),
        current: only === unreached,
        ...(only === unreached && { count: listed.found }),
      }))}
    />
  );
}

type SearchProps = { search: string; unreached: boolean; clearHref: Address };

async function Search({ search, unreached, clearHref }: SearchProps) {
  const t = await getTranslations("incidents.desk.audienceList");
  return (
    <search className="mb-3 block print:hidden">
      <form action="#list" className="flex max-w-120 gap-2">
        {unreached && <input type="hidden" name="unreached" value="yes" />}
        <label htmlFor="audience-search" className="sr-only">
          {t("search")}
        </label>
        <Input
          id="audience-search"
          type="search"
          name="search"
          defaultValue={search}
          maxLength={200}
          placeholder={t("search")}
        />
        <Button type="submit" className="flex-none">
          {t("find")}
        </Button>
        {search && (
          <ButtonLink variant="text" href={clearHref} className="flex-none">
            {t("clear")}
          </ButtonLink>
        )}
      </form>
    </search>
  );
}
