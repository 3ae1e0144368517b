import { getTranslations } from "next-intl/server";

import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { listTokens } from "@/domain/tickets/list-tokens";
import { Drawn } from "@/server/drawn";
import { requireContext } from "@/server/session";

import { VendorTokenForm, VendorTokenTable } from "./_components/vendor-tokens";

type Props = { searchParams: Promise<{ page?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("tickets.tokens");
  return { title: t("title") };
}

/** The keys of machines: made, seen with their last use, ended. */
export default async function TokensPage({ searchParams }: Props) {
  const ctx = await requireContext("token.manage");
  const { rows, previous, next } = await listTokens(ctx, { page: (await searchParams).page });
  const t = await getTranslations("tickets.tokens");
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("lead")}
        actions={
          <>
            <ButtonLink href="/ops/tickets/callback">{t("callback")}</ButtonLink>
            <ButtonLink href="/api-reference">{t("reference")}</ButtonLink>
          </>
        }
      />
      <Drawn />
      <Section title={t("list")}>
        {rows.length === 0 ? (
          <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>
        ) : (
          <VendorTokenTable rows={rows} />
        )}
        <Pager href="/ops/tokens" previous={previous} next={next} />
      </Section>
      <VendorTokenForm now={ctx.now} />
    </>
  );
}
