import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";

import { TakeEverything } from "@/app/[locale]/_settings/take-everything";
import { AppList } from "@/components/accounts/app-list";
import { ContactSummary } from "@/components/accounts/contact-table";
import { OwnMembers } from "@/components/accounts/member-table";
import { GatherForm } from "@/components/audit/gather-evidence";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { Link, linkClass } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { Section, SectionHead } from "@/components/ui/section";
import { MEMBER_ROLES } from "@/db/vocabulary/access";
import { listOwnAccounts, type OwnAccount } from "@/domain/accounts/list-own";
import { listOwnDeregistrations } from "@/domain/deregistrations/read-own";
import { at } from "@/lib/addresses";
import { cn } from "@/lib/cn";
import { requireContext } from "@/server/session";
import { contactMail, vendorName } from "@/server/vendor";

import { OwnInvitations } from "./_components/own-invitations";

export async function generateMetadata() {
  const t = await getTranslations("accounts.own");
  return { title: t("title") };
}

const SAVED = [
  ...(["member", "memberRemoved", "joined", "invited", "invitationWithdrawn"] as const),
  ...(["handedOver", "tookOver", "app", "appClosed"] as const),
] as const;

type Query = {
  saved?: string;
  page?: string;
  of?: string;
  members?: string;
  apps?: string;
  search?: string;
};
type Props = { searchParams: Promise<Query> };

/** The reader's accounts: who is in them, who may do what, which apps they have. */
export default async function OwnAccountPage({ searchParams }: Props) {
  const ctx = await requireContext("account.readOwn");
  const query = await searchParams;
  const [t, locale, accounts, leaving] = await Promise.all([
    getTranslations("accounts.own"),
    getLocale(),
    listOwnAccounts(ctx, query),
    listOwnDeregistrations(ctx, {}),
  ]);
  const contact = await contactMail();
  const saved = SAVED.find((one) => one === query.saved);
  const vendor = vendorName(locale);

  return (
    <>
      <PageHead title={t("title")} note={t("lead")} />
      {saved && (
        <div className="mb-6">
          <Banner tone="ok" role="status">
            {t(`saved.${saved}`)}
          </Banner>
        </div>
      )}
      {accounts.rows.map((account) => (
        <Account key={account.id} account={account} readerId={ctx.actor.id} page={query.page} />
      ))}
      <Pager href="/account" previous={accounts.previous} next={accounts.next} />
      <Section title={t("roles")}>
        <RoleFacts />
        <p className="max-w-measure mt-4">
          {t("mend", { vendor })}{" "}
          <a href={`mailto:${contact}`} className={cn(linkClass(), "wrap-anywhere")}>
            {contact}
          </a>
          {t("mendEnd")}
        </p>
      </Section>
      {accounts.rows.map((account) => (
        <DangerZone
          key={account.id}
          account={account}
          isLeaving={leaving.some(({ accountId }) => accountId === account.id)}
        />
      ))}
    </>
  );
}

type AccountProps = {
  account: OwnAccount;
  readerId: string;
  page: string | undefined;
};

async function Account({ account, readerId, page }: AccountProps) {
  const [t, words, contacts, evidence, everything, role] = await Promise.all([
    getTranslations("accounts.own"),
    getTranslations("accounts"),
    getTranslations("contacts"),
    getTranslations("verify.gathered"),
    getTranslations("access.ownData.account"),
    getTranslations("access.memberRole"),
  ]);
  const { id, members, apps, search } = account;
  const keep = { of: id, page };
  const isOwner = account.role === "owner";
  const own = words("labelled", { label: t("yourRole"), text: role(account.role) });
  return (
    <section className="mb-10">
      <SectionHead title={account.name} note={`${words("uin", { uin: account.uin })} · ${own}`} />
      <div className="grid gap-6">
        <div id={`members-${id}`}>
          <h3 className="text-ui mb-1 flex flex-wrap items-baseline gap-x-3 font-semibold">
            {t("members")}
            {isOwner && (
              <span className="text-small ml-auto font-normal">
                <Link href={at("/account/members/new", { account: id })}>
                  {words("invitation.invite")}
                </Link>
              </span>
            )}
          </h3>
          <OwnMembers
            members={members.rows}
            readerId={readerId}
            {...(isOwner && { editHref: (one: string) => at("/account/members/*", one) })}
          />
          <Pager
            name="members"
            href={at("/account", { ...keep, "#": `members-${id}` })}
            previous={members.previous}
            next={members.next}
          />
          <OwnInvitations invitations={account.invitations} />
        </div>
        <div>
          <h3 className="text-ui mb-1 flex flex-wrap items-baseline gap-x-3 font-semibold">
            {contacts("title")}
            <span className="text-small ml-auto font-normal">
              <Link href={at("/account/contacts", { account: id })}>{contacts("own.open")}</Link>
            </span>
          </h3>
          <ContactSummary contacts={account.contacts} />
          <MachineLinks accountId={id} />
        </div>
        <div id={`apps-${id}`}>
          <h3 className="text-ui mb-1 font-semibold">{t("apps")}</h3>
          <AppList
            apps={apps}
            search={search}
            href={at("/account", { ...keep, "#": `apps-${id}` })}
            {...{ [isOwner ? "editHref" : "open"]: (one: string) => at("/account/apps/*", one) }}
            empty={{ title: t("noApps"), text: t("noAppsText") }}
          />
        </div>
        <div className="print:hidden">
          <h3 className="text-ui mb-1 font-semibold">{evidence("title")}</h3>
          <p className="text-ink-muted max-w-measure mb-2">{evidence("account")}</p>
          <GatherForm scope="account" id={id} />
        </div>
        {isOwner && (
          <div className="print:hidden">
            <h3 className="text-ui mb-1 font-semibold">{everything("title")}</h3>
            <p className="text-ink-muted max-w-measure mb-2">{everything("lead")}</p>
            <TakeEverything account={account} />
          </div>
        )}
      </div>
    </section>
  );
}

/** Where the account's notices are posted, and by what its pipelines ask. */
function MachineLinks({ accountId: account }: { accountId: string }) {
  const endpoints = useTranslations("endpoints.own");
  const tokens = useTranslations("tickets.own");
  return (
    <>
      <p className="text-small mt-2">
        <Link href={at("/account/endpoints", { account })}>{endpoints("open")}</Link>
      </p>
      <p className="text-small mt-2">
        <Link href={at("/account/tokens", { account })}>{tokens("open")}</Link>
      </p>
    </>
  );
}

function RoleFacts() {
  const may = useTranslations("accounts.roleMay");
  const role = useTranslations("access.memberRole");
  return <Facts facts={MEMBER_ROLES.map((one) => ({ term: role(one), value: may(one) }))} tight />;
}

type DangerZoneProps = {
  account: OwnAccount;
  /** Whether a deregistration of it waits for another owner or cools off. */
  isLeaving: boolean;
};

/** At the end of the page: deregistration, for its owners; the others see who may ask. */
function DangerZone({ account: { id, name, role, owners }, isLeaving }: DangerZoneProps) {
  const t = useTranslations("deregistrations.own");
  const href = at("/account/deregistration", { account: id });
  return (
    <section className="border-danger-line mt-8 rounded-md border px-5 py-4 print:hidden">
      <h2 className="text-body text-danger leading-6">
        {t("zone")} <span className="text-ink font-normal">{name}</span>
      </h2>
      <p className="max-w-measure mt-1">{t(isLeaving ? "zoneLeaving" : "zoneText")}</p>
      {role === "owner" || isLeaving ? (
        <ButtonLink href={href} variant="danger" className="mt-3">
          {t(isLeaving ? "zoneStanding" : "zoneOpen")}
        </ButtonLink>
      ) : (
        <p className="mt-2 flex flex-wrap gap-x-4">
          {t("zoneOthers", { owners: owners.join(t("separator")) })}
          <Link href={href}>{t("zoneLook")}</Link>
        </p>
      )}
    </section>
  );
}
