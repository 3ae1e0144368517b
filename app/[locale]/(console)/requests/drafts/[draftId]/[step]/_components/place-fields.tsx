import { getTranslations } from "next-intl/server";

import { RadiosField } from "@/components/form/fields";
import { ListSearch } from "@/components/form/list-search";
import { Pager } from "@/components/ui/pager";
import { findOwnPlace, listOwnPlaces } from "@/domain/accounts/list-own";
import type { Context } from "@/domain/context";
import { filingAccounts } from "@/domain/requests/capacity";
import type { Draft } from "@/domain/requests/read-draft";
import { at, withQuery } from "@/lib/addresses";

export type Slice = { search?: string; page?: string };
type Places = Awaited<ReturnType<typeof readPlaces>>;

/** The accounts the reader may file for, each with its apps; other people's are not known here. */
export async function readPlaces(ctx: Context, draft: Draft, { search, page }: Slice) {
  const { accountId, appId } = draft.answers;
  const accountIds = filingAccounts(ctx.actor).map((one) => one.accountId);
  const [listed, chosen] = await Promise.all([
    listOwnPlaces(ctx, { accountIds, search, page }),
    accountId ? findOwnPlace(ctx, { accountId, appId }) : null,
  ]);
  return {
    ...listed,
    chosen,
    search: typeof search === "string" ? search.trim() : "",
    address: at("/requests/drafts/*/*", draft.id, "account"),
  };
}

type App = { id: string; name: string; sdkAppId: string };
type Account = { id: string; name: string; uin: string };

export async function PlaceFields({ places }: { places: Places }) {
  const t = await getTranslations("requests.filing.account");
  const { accounts, apps, chosen, hasMore, search } = places;
  const place = ({ id, name, uin }: Account, app: App | null) =>
    app
      ? {
          value: `${id}/${app.id}`,
          label: t("app", { app: app.name, sdkAppId: app.sdkAppId }),
          hint: t("of", { account: name, uin }),
        }
      : { value: id, label: t("whole", { account: name }), hint: t("wholeHint", { uin }) };
  const options = accounts.flatMap((account) => [
    ...apps.rows.filter((app) => app.accountId === account.id).map((app) => place(account, app)),
    place(account, null),
  ]);
  // What was chosen before stays to be seen, wherever in the list it stands.
  const own = chosen && place(chosen.account, chosen.app);
  const isListed = own && options.some(({ value }) => value === own.value);
  return (
    <>
      <RadiosField
        name="place"
        label={t("label")}
        options={own && !isListed ? [own, ...options] : options}
        defaultValue={own?.value}
      />
      {search && options.length === 0 && (
        <p className="text-ink-muted mt-3">{t("none", { search })}</p>
      )}
      {hasMore && <p className="text-small text-ink-muted mt-3">{t("more")}</p>}
    </>
  );
}

type Around = { places: Places; isFromCheck: boolean };

/** Where there is more than a page to choose from. */
export async function PlaceSearch({ places, isFromCheck }: Around) {
  const t = await getTranslations("requests.filing.account");
  const { search, hasMore, address, apps } = places;
  if (!search && !hasMore && !apps.previous && !apps.next) return null;
  const back = isFromCheck && "check";
  return (
    <ListSearch
      id="place-search"
      name="search"
      value={search ?? ""}
      words={{ label: t("search"), hint: t("searchHint"), find: t("find"), clear: t("clear") }}
      clearHref={withQuery(address, { back })}
      kept={{ back }}
    />
  );
}

export async function PlacePages({ places, isFromCheck }: Around) {
  const t = await getTranslations("requests.filing.account");
  const { search, address, apps } = places;
  if (!apps.previous && !apps.next) return null;
  return (
    <Pager
      href={withQuery(address, { back: isFromCheck && "check", search })}
      previous={apps.previous}
      next={apps.next}
      summary={t("pages")}
    />
  );
}
