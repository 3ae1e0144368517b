import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";

import { PartSearch } from "@/components/form/list-search";
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
  const t = useTranslations("incidents.desk.audienceList");
  const { search, unreached } = asked;
  const href = (query: Query) =>
    withQuery(noticeAddress(read, "/audience"), { ...query, "#": "list" });
  return (
    <>
      <PartSearch
        action="#list"
        id="audience-search"
        name="search"
        value={search}
        kept={{ unreached: unreached && "yes" }}
        words={{ label: t("search"), find: t("find"), clear: t("clear") }}
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
