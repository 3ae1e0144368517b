import { getLocale, getTranslations } from "next-intl/server";

import { AccountTable } from "@/components/accounts/account-table";
import { ListSearch } from "@/components/form/list-search";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { may } from "@/domain/access/permissions";
import { listAccounts } from "@/domain/accounts/list-accounts";
import type { Actor } from "@/domain/context";
import { withLanguage, at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

type Search = { search?: string; page?: string };
type Props = { searchParams: Promise<Search> };

export async function generateMetadata() {
  const t = await getTranslations("accounts");
  return { title: t("title") };
}

/** Every account, to be found by name, UIN or SDKAppID. */
export default async function AccountsPage({ searchParams }: Props) {
  const ctx = await requireContext("account.read");
  const query = await searchParams;
  const { rows, total, previous, next } = await orNotFound(listAccounts(ctx, query));
  const t = await getTranslations("accounts");
  const search = query.search?.trim() ?? "";
  const canManage = may(ctx.actor, "account.manage");

  return (
    <>
      <PageHead title={t("title")} note={t("lead")} actions={<Actions actor={ctx.actor} />} />
      {(total > 0 || search) && <SearchForm search={search} />}
      {rows.length === 0 ? (
        <Nothing search={search} canManage={canManage} />
      ) : (
        <>
          <AccountTable accounts={rows} />
          <Pager
            href={at("/ops/accounts", { search })}
            previous={previous}
            next={next}
            summary={t(search ? "list.found" : "list.total", { count: total })}
          />
        </>
      )}
    </>
  );
}

async function Actions({ actor }: { actor: Actor }) {
  const t = await getTranslations("accounts.list");
  return (
    <>
      {may(actor, "account.readSyncs") && (
        <ButtonLink href="/ops/accounts/syncs">{t("syncs")}</ButtonLink>
      )}
      {may(actor, "account.manage") && (
        <>
          <ButtonLink href="/ops/accounts/import">{t("import")}</ButtonLink>
          <ButtonLink href="/ops/accounts/new" variant="primary">
            {t("create")}
          </ButtonLink>
        </>
      )}
    </>
  );
}

async function SearchForm({ search }: { search: string }) {
  const [t, locale] = await Promise.all([getTranslations("accounts.list"), getLocale()]);
  return (
    <ListSearch
      action={withLanguage(locale, "/ops/accounts")}
      id="search"
      name="search"
      value={search}
      words={{ label: t("search"), hint: t("searchHint"), find: t("submit"), clear: t("clear") }}
      clearHref="/ops/accounts"
    />
  );
}

type NothingProps = { search: string; canManage: boolean };

async function Nothing({ search, canManage }: NothingProps) {
  const t = await getTranslations("accounts.list");
  if (search) return <EmptyState title={t("notFound", { search })}>{t("notFoundText")}</EmptyState>;
  return <EmptyState title={t("empty")}>{t(canManage ? "emptyText" : "emptyRead")}</EmptyState>;
}
