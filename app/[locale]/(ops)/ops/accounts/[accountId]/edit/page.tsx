import { getTranslations } from "next-intl/server";

import { AccountFields, SyncedNote } from "@/components/accounts/account-fields";
import { accountCrumbs } from "@/components/accounts/crumbs";
import { ActionForm } from "@/components/form/action-form";
import { PageHead } from "@/components/ui/page-head";
import { findAccount } from "@/domain/accounts/find-account";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { editAccountAction } from "./actions";

type Props = { params: Promise<{ accountId: string }> };

export async function generateMetadata() {
  const t = await getTranslations("accounts.accountForm");
  return { title: t("edit") };
}

export default async function EditAccountPage({ params }: Props) {
  const ctx = await requireContext("account.manage");
  const account = await orNotFound(findAccount(ctx, await params));
  const t = await getTranslations("accounts");
  return (
    <>
      <PageHead
        title={t("accountForm.edit")}
        note={t("uin", { uin: account.uin })}
        crumbs={accountCrumbs(t("title"), { account, here: t("accountForm.edit") })}
      />
      <SyncedNote account={account} of="name" />
      <ActionForm action={editAccountAction} guard className="max-w-form">
        <AccountFields account={account} />
      </ActionForm>
    </>
  );
}
