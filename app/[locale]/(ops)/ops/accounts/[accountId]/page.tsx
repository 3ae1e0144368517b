import { getLocale, getTranslations } from "next-intl/server";

import { AppTable } from "@/components/accounts/app-table";
import { accountCrumbs } from "@/components/accounts/crumbs";
import { ContactTable } from "@/components/accounts/contact-table";
import { MemberTable } from "@/components/accounts/member-table";
import { SaveBanner } from "@/app/[locale]/(ops)/ops/_components/success-banner";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import { may } from "@/domain/access/permissions";
import { type AccountDetail, findAccount } from "@/domain/accounts/find-account";
import { at } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

type Props = {
  params: Promise<{ accountId: string }>;
  searchParams: Promise<{ saved?: string }>;
};

export async function generateMetadata({ params }: Props) {
  const ctx = await requireContext("account.read");
  const { name } = await orNotFound(findAccount(ctx, await params));
  return { title: name };
}

export default async function AccountPage({ params, searchParams }: Props) {
  const ctx = await requireContext("account.read");
  const account = await orNotFound(findAccount(ctx, await params));
  const [t, locale, { saved }] = await Promise.all([
    getTranslations("accounts"),
    getLocale(),
    searchParams,
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
      <SaveBanner what={saved} />
      <Shortcomings account={account} />
      <Section
        title={t("detail.members")}
        more={
          canManage && (
            <Link href={at("/ops/accounts/*/members/new", account.id)}>
              {t("detail.addMember")}
            </Link>
          )
        }
      >
        <MemberTable
          members={account.members}
          {...(canManage && { editHref: (id) => at("/ops/accounts/*/members/*", account.id, id) })}
        />
      </Section>
      <Section title={t("detail.contacts")}>
        <ContactTable contacts={account.contacts} />
      </Section>
      <Section
        title={t("detail.apps")}
        more={
          canManage && (
            <Link href={at("/ops/accounts/*/apps/new", account.id)}>{t("detail.addApp")}</Link>
          )
        }
      >
        <AppTable
          apps={account.apps}
          empty={{ title: t("detail.noApps"), text: t("detail.noAppsText") }}
          {...(canManage && { editHref: (id) => at("/ops/accounts/*/apps/*", account.id, id) })}
        />
      </Section>
      {may(ctx.actor, "audit.read") && (
        <p className="text-small mt-8 print:hidden">
          <Link href={at("/ops/audit", { accountId: account.id })}>{t("detail.record")}</Link>
        </p>
      )}
    </>
  );
}

/** What keeps the account from being told, or from answering. */
async function Shortcomings({ account }: { account: AccountDetail }) {
  const t = await getTranslations("accounts.detail");
  const canAnswer = account.members.some(
    ({ role, leftAt }) => !leftAt && BINDING_ROLES.some((binding) => binding === role),
  );
  const isTold = account.apps.some(({ closedAt }) => !closedAt);
  if (account.closedAt || (canAnswer && isTold)) return null;
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
