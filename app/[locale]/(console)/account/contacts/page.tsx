import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

import { Link } from "@/components/ui/link";
import { CONTACT_KINDS } from "@/db/vocabulary/accounts";
import { listOwnAccountNames } from "@/domain/access/find-accounts";
import { listOwnContacts } from "@/domain/accounts/list-contacts";
import { readOwnReach } from "@/domain/broadcasts/list-reach";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { ReachPage } from "../_components/reach-page";
import { KindSection } from "./_components/kind-section";
import { OwnReach, Rehearsals } from "./_components/own-reach";

type Props = { searchParams: Promise<{ account?: string; saved?: string }> };

const SAVED = ["added", "resent", "removed", "checked", "rehearsals"] as const;

export async function generateMetadata() {
  const t = await getTranslations("contacts");
  return { title: t("title") };
}

/** Whom an account names for each kind of matter, one account at a time. */
export default async function ContactsPage({ searchParams }: Props) {
  const ctx = await requireContext("account.readOwn");
  const query = await searchParams;
  const [t, accounts, reaches] = await Promise.all([
    getTranslations("contacts"),
    listOwnAccountNames(ctx, {}),
    readOwnReach(ctx, {}),
  ]);
  const accountId = query.account ?? accounts[0]?.id;
  if (!accountId) notFound();
  const own = await orNotFound(listOwnContacts(ctx, { accountId }));
  const saved = SAVED.find((one) => one === query.saved);
  const { name, uin } = own.account;
  const reach = reaches.find((one) => one.accountId === accountId);

  return (
    <ReachPage
      title={t("title")}
      of={t("of", { account: name, uin })}
      accountId={accountId}
      accounts={accounts}
      accountsLabel={t("accounts")}
      href={(account) => at("/account/contacts", { account })}
      saved={saved ? t(`saved.${saved}`) : null}
      lead={
        <>
          <p>{t("lead")}</p>
          <p className="text-ink-muted">
            {t.rich("mandatory", { settings: (text) => <Link href="/settings">{text}</Link> })}
          </p>
          {!own.canManage && <p className="text-ink-muted">{t("readOnly")}</p>}
        </>
      }
    >
      {reach && <OwnReach reach={reach} />}
      {CONTACT_KINDS.map((kind) => (
        <KindSection key={kind} kind={kind} own={own} />
      ))}
      <Rehearsals own={own} />
    </ReachPage>
  );
}
