import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

import { ReadAbout } from "@/app/[locale]/_inbox/read-about";
import { TakeEverything } from "@/app/[locale]/_settings/take-everything";
import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { listOwnAccountNames } from "@/domain/access/find-accounts";
import { type OwnDeregistration, readOwnDeregistration } from "@/domain/deregistrations/read-own";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { Ask } from "./_components/ask";
import { CheckList } from "./_components/check-list";
import { Consequences } from "./_components/consequences";
import { DeregistrationProgress } from "./_components/progress";
import { countOpenDuties } from "./open-duties";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  const t = await getTranslations("deregistrations.own");
  return { title: t("title") };
}

/** The way out of an account (P33): what it means, what is open, and how far it has come. */
export default async function DeregistrationPage({ searchParams }: Props) {
  const ctx = await requireContext("deregistration.readOwn");
  const [accounts, { account: asked }] = await Promise.all([
    listOwnAccountNames(ctx, {}),
    searchParams,
  ]);
  const account =
    asked === undefined && accounts.length === 1
      ? accounts[0]
      : accounts.find(({ id, uin }) => asked === id || asked === uin);
  if (!account && asked !== undefined) notFound();
  if (!account) return <Choose accounts={accounts} />;

  const [t, accountWords] = await Promise.all([
    getTranslations("deregistrations.own"),
    getTranslations("accounts.own"),
  ]);
  const { elsewhere, service } = await countOpenDuties(ctx, account.id);
  const own = await orNotFound(readOwnDeregistration(ctx, { accountId: account.id, elsewhere }));
  return (
    <>
      <PageHead
        crumbs={[{ href: "/account", label: accountWords("title") }]}
        title={t("title")}
        note={t("note", { account: account.name, uin: account.uin })}
      />
      {own.open && <ReadAbout ctx={ctx} subjectIds={[own.open.id]} />}
      {own.lastCancelled && <LastCancelled last={own.lastCancelled} />}
      {own.open && <DeregistrationProgress own={own} open={own.open} now={ctx.now} />}
      <Consequences />
      <TakeAlong own={own} />
      <CheckList checks={own.checks} service={service} />
      {!own.open && <Ask own={own} />}
    </>
  );
}

type Named = { id: string; name: string; uin: string };

async function Choose({ accounts }: { accounts: readonly Named[] }) {
  const [t, accountWords] = await Promise.all([
    getTranslations("deregistrations.own"),
    getTranslations("accounts.own"),
  ]);
  return (
    <>
      <PageHead crumbs={[{ href: "/account", label: accountWords("title") }]} title={t("title")} />
      <Section title={t("choose")}>
        <ul className="border-line border-t">
          {accounts.map(({ id, name, uin }) => (
            <li key={id} className="border-line border-b py-3">
              <Link href={at("/account/deregistration", { account: id })} tone="main">
                {t("note", { account: name, uin })}
              </Link>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

/** Everything about the account, for its owners while it is there, and whether somebody has taken it. */
function TakeAlong({ own: { account, role, exportedAt } }: { own: OwnDeregistration }) {
  const t = useTranslations("deregistrations.own.export");
  const locale = useLocale();
  if (role !== "owner") return null;
  return (
    <Section title={t("title")}>
      <p className="max-w-measure mb-2">{t("lead")}</p>
      <p className="max-w-measure text-ink-muted mb-3">
        {exportedAt ? t("taken", { at: formatDateTime(exportedAt, locale) }) : t("notTaken")}
      </p>
      <TakeEverything account={account} />
    </Section>
  );
}

type LastCancelledProps = { last: NonNullable<OwnDeregistration["lastCancelled"]> };

/** That the last request was called off, by whom and when. */
function LastCancelled({ last }: LastCancelledProps) {
  const t = useTranslations("deregistrations.own");
  const locale = useLocale();
  const { number, cancelledAt, cancellerName } = last;
  return (
    <div className="mb-6">
      <Banner tone="plain">
        {t("lastCancelled", {
          number,
          name: cancellerName ?? "",
          at: cancelledAt ? formatDateTime(cancelledAt, locale) : "",
        })}
      </Banner>
    </div>
  );
}
