import { getTranslations } from "next-intl/server";

import { AccountFields } from "@/components/accounts/account-fields";
import { ActionForm } from "@/components/form/action-form";
import { PageHead } from "@/components/ui/page-head";
import { requireContext } from "@/server/session";

import { createAccountAction } from "./actions";

export async function generateMetadata() {
  const t = await getTranslations("accounts.accountForm");
  return { title: t("new") };
}

export default async function NewAccountPage() {
  await requireContext("account.manage");
  const t = await getTranslations("accounts");
  const title = t("accountForm.new");
  return (
    <>
      <PageHead
        title={title}
        crumbs={[{ label: t("title"), href: "/ops/accounts" }, { label: title }]}
      />
      <ActionForm action={createAccountAction} guard className="max-w-form">
        <AccountFields />
      </ActionForm>
    </>
  );
}
