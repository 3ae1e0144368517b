import { getTranslations } from "next-intl/server";

import { AppFields } from "@/components/accounts/app-fields";
import { accountCrumbs } from "@/components/accounts/crumbs";
import { ActionForm } from "@/components/form/action-form";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { findAccount } from "@/domain/accounts/find-account";
import { listProducts } from "@/domain/accounts/list-products";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { saveAppAction } from "../actions";

type Props = { params: Promise<{ accountId: string }> };

export async function generateMetadata() {
  const t = await getTranslations("accounts.appForm");
  return { title: t("new") };
}

export default async function NewAppPage({ params }: Props) {
  const ctx = await requireContext("account.manage");
  const account = await orNotFound(findAccount(ctx, await params));
  const [t, products] = await Promise.all([getTranslations("accounts"), listProducts(ctx, {})]);
  const title = t("appForm.new");
  return (
    <>
      <PageHead
        title={title}
        note={account.name}
        crumbs={accountCrumbs(t("title"), { account, here: title })}
      />
      {products.length === 0 ? (
        <EmptyState title={t("appForm.noProduct")}>{t("appForm.noProductText")}</EmptyState>
      ) : (
        <ActionForm action={saveAppAction} guard className="max-w-form">
          <AppFields accountId={account.id} products={products} />
        </ActionForm>
      )}
    </>
  );
}
