import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

import { ContactFields } from "@/components/accounts/contact-fields";
import { ActionForm } from "@/components/form/action-form";
import { PageHead } from "@/components/ui/page-head";
import { CONTACT_KINDS } from "@/db/vocabulary/accounts";
import { listOwnContacts } from "@/domain/accounts/list-contacts";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { addContactAction } from "../actions";

type Props = { searchParams: Promise<{ account?: string; kind?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("contacts.form");
  return { title: t("title") };
}

/** Names one more contact; who may not bind the account finds nothing here. */
export default async function NewContactPage({ searchParams }: Props) {
  const ctx = await requireContext("contact.manageOwn");
  const { account: asked, kind } = await searchParams;
  const accountId = asked ?? ctx.actor.memberships[0]?.accountId ?? "";
  const { account, canManage } = await orNotFound(listOwnContacts(ctx, { accountId }));
  if (!canManage) notFound();
  const t = await getTranslations("contacts");
  return (
    <>
      <PageHead
        title={t("form.title")}
        note={t("of", { account: account.name, uin: account.uin })}
        crumbs={[
          { label: t("title"), href: at("/account/contacts", { account: account.id }) },
          { label: t("form.title") },
        ]}
      />
      <ActionForm action={addContactAction} guard className="max-w-form">
        <ContactFields
          accountId={account.id}
          kind={CONTACT_KINDS.find((one) => one === kind) ?? "security"}
        />
      </ActionForm>
    </>
  );
}
