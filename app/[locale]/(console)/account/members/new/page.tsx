import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

import { InvitationFields } from "@/components/accounts/member-fields";
import { ActionForm } from "@/components/form/action-form";
import { PageHead } from "@/components/ui/page-head";
import { findOwnPlace } from "@/domain/accounts/list-own";
import { requireContext } from "@/server/session";

import { inviteMemberAction } from "../actions";

type Props = { searchParams: Promise<{ account?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("accounts.invitation");
  return { title: t("invite") };
}

/** Invites a member; who does not own the account finds nothing here. */
export default async function InviteMemberPage({ searchParams }: Props) {
  const ctx = await requireContext("member.manageOwn");
  const owned = ctx.actor.memberships.filter(({ role }) => role === "owner");
  const { account: wanted = owned[0]?.accountId } = await searchParams;
  const isOwned = owned.some(({ accountId }) => accountId === wanted);
  const place = isOwned && wanted ? await findOwnPlace(ctx, { accountId: wanted }) : null;
  if (!place) notFound();
  const { account } = place;
  const [t, words] = await Promise.all([
    getTranslations("accounts.invitation"),
    getTranslations("accounts"),
  ]);
  return (
    <>
      <PageHead
        title={t("invite")}
        note={t("lead", { account: account.name })}
        crumbs={[{ label: words("own.title"), href: "/account" }, { label: t("invite") }]}
      />
      <ActionForm action={inviteMemberAction} guard className="max-w-form">
        <InvitationFields accountId={account.id} />
      </ActionForm>
    </>
  );
}
