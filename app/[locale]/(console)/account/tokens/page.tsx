import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { listOwnAccountNames } from "@/domain/access/find-accounts";
import { listOwnTokens } from "@/domain/tickets/account-tokens";
import { at } from "@/lib/addresses";
import { Drawn } from "@/server/drawn";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { ReachPage } from "../_components/reach-page";
import { OwnTokenForm, OwnTokenTable } from "./_components/own-tokens";

type Props = { searchParams: Promise<{ account?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("tickets.own");
  return { title: t("title") };
}

/** By what an account's pipelines ask whether its apps may be released, one account at a time. */
export default async function OwnTokensPage({ searchParams }: Props) {
  const ctx = await requireContext("token.readOwn");
  const { account: asked } = await searchParams;
  const [t, accounts] = await Promise.all([
    getTranslations("tickets.own"),
    listOwnAccountNames(ctx, {}),
  ]);
  const accountId = asked ?? accounts[0]?.id;
  if (!accountId) notFound();
  const { account, tokens, canManage } = await orNotFound(listOwnTokens(ctx, { accountId }));
  return (
    <ReachPage
      title={t("title")}
      of={t("of", { account: account.name, uin: account.uin })}
      accountId={accountId}
      accounts={accounts}
      accountsLabel={t("accounts")}
      href={(one) => at("/account/tokens", { account: one })}
      saved={null}
      lead={
        <>
          <p>{t("lead")}</p>
          {!canManage && <p className="text-ink-muted">{t("readOnly")}</p>}
          <p className="mt-2">
            <ButtonLink href="/api-reference" size="sm">
              {t("reference")}
            </ButtonLink>
          </p>
        </>
      }
    >
      <Drawn />
      <Section title={t("list")}>
        {tokens.length === 0 ? (
          <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>
        ) : (
          <OwnTokenTable tokens={tokens} canManage={canManage} />
        )}
      </Section>
      {canManage && <OwnTokenForm accountId={accountId} now={ctx.now} />}
    </ReachPage>
  );
}
