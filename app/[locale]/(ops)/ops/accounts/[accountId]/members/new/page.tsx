import { getTranslations } from "next-intl/server";

import { accountCrumbs } from "@/components/accounts/crumbs";
import { SyncedNote } from "@/components/accounts/account-fields";
import { MemberFields } from "@/components/accounts/member-fields";
import { ActionForm } from "@/components/form/action-form";
import { PageHead } from "@/components/ui/page-head";
import { findAccount } from "@/domain/accounts/find-account";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { saveMemberAction } from "../actions";

type Props = { params: Promise<{ accountId: string }> };

export async function generateMetadata() {
  const t = await getTranslations("accounts.memberForm");
  return { title: t("new") };
}

export default async function NewMemberPage({ params }: Props) {
  const ctx = await requireContext("account.manage");
  const account = await orNotFound(findAccount(ctx, await params));
  const t = await getTranslations("accounts");
  const title = t("memberForm.new");
  return (
    <>
      <PageHead
        title={title}
        note={account.name}
        crumbs={accountCrumbs(t("title"), { account, here: title })}
      />
      <SyncedNote account={account} of="members" />
      <ActionForm action={saveMemberAction} guard className="max-w-form">
        <MemberFields accountId={account.id} />
      </ActionForm>
    </>
  );
}
