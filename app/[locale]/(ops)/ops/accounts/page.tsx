import { getLocale, getTranslations } from "next-intl/server";

import { AccountTable } from "@/components/accounts/account-table";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { may } from "@/domain/access/permissions";
import { listAccounts } from "@/domain/accounts/list-accounts";
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
      <PageHead title={t("title")} note={t("lead")} actions={canManage && <Actions />} />
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

async function Actions() {
  const t = await getTranslations("accounts.list");
  return (
    <>
      <ButtonLink href="/ops/accounts/import">{t("import")}</ButtonLink>
      <ButtonLink href="/ops/accounts/new" variant="primary">
        {t("create")}
      </ButtonLink>
    </>
  );
}

async function SearchForm({ search }: { search: string }) {
  const [t, locale] = await Promise.all([getTranslations("accounts.list"), getLocale()]);
  return (
    <search className="mb-4 block print:hidden">
      <form
        action={withLanguage(locale, "/ops/accounts")}
        className="flex flex-wrap items-end gap-2"
      >
        <Field
          id="search"
          label={t("search")}
          hint={t("searchHint")}
          className="max-w-90 min-w-0 flex-1"
        >
          <Input
            id="search"
            name="search"
            type="search"
            defaultValue={search}
            maxLength={200}
            aria-describedby="search-hint"
          />
        </Field>
        <Button type="submit">{t("submit")}</Button>
        {search && (
          <ButtonLink href="/ops/accounts" variant="text">
            {t("clear")}
          </ButtonLink>
        )}
      </form>
    </search>
  );
}

type NothingProps = { search: string; canManage: boolean };

async function Nothing({ search, canManage }: NothingProps) {
  const t = await getTranslations("accounts.list");
  if (search) return <EmptyState title={t("notFound", { search })}>{t("notFoundText")}</EmptyState>;
  return <EmptyState title={t("empty")}>{t(canManage ? "emptyText" : "emptyRead")}</EmptyState>;
}
