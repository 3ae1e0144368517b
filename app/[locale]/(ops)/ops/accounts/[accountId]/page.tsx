import { getLocale, getTranslations } from "next-intl/server";

import { AppList } from "@/components/accounts/app-list";
import { accountCrumbs } from "@/components/accounts/crumbs";
import { ContactTable } from "@/components/accounts/contact-table";
import { MemberTable } from "@/components/accounts/member-table";
import { SaveBanner } from "@/app/[locale]/(ops)/ops/_components/success-banner";
import { GatherForm } from "@/components/audit/gather-evidence";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { type AccountDetail, findAccount } from "@/domain/accounts/find-account";
import { listApps } from "@/domain/accounts/list-apps";
import { listMembers } from "@/domain/accounts/list-members";
import { at } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

type Props = {
  params: Promise<{ accountId: string }>;
  searchParams: Promise<{ saved?: string; members?: string; apps?: string; search?: string }>;
};

export async function generateMetadata({ params }: Props) {
  const ctx = await requireContext("account.read");
  const { name } = await orNotFound(findAccount(ctx, await params));
  return { title: name };
}

export default async function AccountPage({ params, searchParams }: Props) {
  const ctx = await requireContext("account.read");
  const [{ accountId }, query] = await Promise.all([params, searchParams]);
  const account = await orNotFound(findAccount(ctx, { accountId }));
  const { search } = query;
  const [t, evidence, locale, members, apps] = await Promise.all([
    getTranslations("accounts"),
    getTranslations("verify.gathered"),
    getLocale(),
    listMembers(ctx, { accountId, page: query.members }),
    listApps(ctx, { accountId, search, page: query.apps }),
  ]);
  const canManage = may(ctx.actor, "account.manage") && !account.closedAt;

  return (
    <>
      <PageHead
        title={account.name}
        note={
          <>
            {t("uin", { uin: account.uin })} ·{" "}
            {t("detail.created", { date: formatDate(account.createdAt, locale) })}
            {account.tier && ` · ${t("detail.tier", { tier: account.tier })}`}
            {account.homeRegion && ` · ${t("detail.home", { region: account.homeRegion })}`}
            {account.tags.length > 0 &&
              ` · ${t("detail.tags", { tags: account.tags.join(t("accountForm.separator")) })}`}
          </>
        }
        crumbs={accountCrumbs(t("title"), { account })}
        actions={
          canManage && (
            <ButtonLink href={at("/ops/accounts/*/edit", account.id)}>
              {t("detail.edit")}
            </ButtonLink>
          )
        }
      />
      <SaveBanner what={query.saved} />
      <Shortcomings account={account} />
      <Members {...{ account, members, canManage }} />
      <Section title={t("detail.contacts")}>
        <ContactTable contacts={account.contacts} />
      </Section>
      <Section
        id="apps"
        title={t("detail.apps")}
        more={
          canManage && (
            <Link href={at("/ops/accounts/*/apps/new", account.id)}>{t("detail.addApp")}</Link>
          )
        }
      >
        <AppList
          apps={apps}
          search={typeof search === "string" ? search.trim() : ""}
          href={at("/ops/accounts/*", accountId, { "#": "apps" })}
          empty={{ title: t("detail.noApps"), text: t("detail.noAppsText") }}
          {...{
            [canManage ? "editHref" : "open"]: (id: string) =>
              at("/ops/accounts/*/apps/*", account.id, id),
          }}
        />
      </Section>
      {may(ctx.actor, "audit.read") && (
        <Section title={evidence("title")} note={evidence("account")}>
          <GatherForm scope="account" id={account.id} />
          <p className="text-small mt-4 print:hidden">
            <Link href={at("/ops/audit", { accountId: account.id })}>{t("detail.record")}</Link>
          </p>
        </Section>
      )}
    </>
  );
}

type MembersProps = {
  account: AccountDetail;
  members: Awaited<ReturnType<typeof listMembers>>;
  canManage: boolean;
};

async function Members({ account, members, canManage }: MembersProps) {
  const t = await getTranslations("accounts");
  return (
    <Section
      id="members"
      title={t("detail.members")}
      more={
        canManage && (
          <Link href={at("/ops/accounts/*/members/new", account.id)}>{t("detail.addMember")}</Link>
        )
      }
    >
      <MemberTable
        members={members.rows}
        {...(canManage && { editHref: (id) => at("/ops/accounts/*/members/*", account.id, id) })}
      />
      <Pager
        name="members"
        href={at("/ops/accounts/*", account.id, { "#": "members" })}
        previous={members.previous}
        next={members.next}
      />
    </Section>
  );
}

type ShortcomingsProps = { account: AccountDetail };

/** What keeps the account from being told, or from answering. */
async function Shortcomings({ account: { closedAt, canAnswer, isTold } }: ShortcomingsProps) {
  const t = await getTranslations("accounts.detail");
  if (closedAt || (canAnswer && isTold)) return null;
  return (
    <div className="mb-6 grid gap-2">
      {!canAnswer && (
        <Banner tone="warn" title={t("nobodyTitle")}>
          {t("nobodyText")}
        </Banner>
      )}
      {!isTold && (
        <Banner tone="warn" title={t("noAppTitle")}>
          {t("noAppText")}
        </Banner>
      )}
    </div>
  );
}
