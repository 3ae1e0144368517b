import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

import { accountCrumbs } from "@/components/accounts/crumbs";
import { MemberFields } from "@/components/accounts/member-fields";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import {
  type AccountDetail,
  type AccountMember,
  findAccount,
} from "@/domain/accounts/find-account";
import { formatDate } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { changeAddressAction, removeMemberAction, saveMemberAction } from "../actions";

type Props = { params: Promise<{ accountId: string; memberId: string }> };

export async function generateMetadata() {
  const t = await getTranslations("accounts.memberForm");
  return { title: t("edit") };
}

export default async function MemberPage({ params }: Props) {
  const ctx = await requireContext("account.manage");
  const { accountId, memberId } = await params;
  const account = await orNotFound(findAccount(ctx, { accountId }));
  const member = account.members.find(({ id }) => id === memberId);
  if (!member) notFound();
  const [t, locale] = await Promise.all([getTranslations("accounts"), getLocale()]);

  return (
    <>
      <PageHead
        title={t("memberForm.edit")}
        note={`${member.name} · ${member.email}`}
        crumbs={accountCrumbs(t("title"), { account, here: member.name })}
      />
      {member.leftAt && (
        <div className="mb-6 max-w-160">
          <Banner>{t("memberForm.left", { date: formatDate(member.leftAt, locale) })}</Banner>
        </div>
      )}
      <ActionForm action={saveMemberAction} guard className="max-w-160">
        <MemberFields accountId={accountId} member={member} />
      </ActionForm>
      {!member.leftAt && (
        <>
          <Address member={member} />
          <Removal account={account} member={member} />
        </>
      )}
    </>
  );
}

/** Another address for the same person; what the old one opened ends, so it is confirmed first. */
async function Address({ member: { id, name, email } }: { member: AccountMember }) {
  const [t, locale] = await Promise.all([getTranslations("accounts.memberForm"), getLocale()]);
  return (
    <Section title={t("address")}>
      <p className="mb-4 max-w-160">{t("addressText", { name })}</p>
      <ActionForm
        action={changeAddressAction}
        label={t("address")}
        className="max-w-160"
        confirm={{
          title: t("addressConfirm", { name }),
          body: t("addressText", { name }),
          confirmLabel: t("addressSubmit"),
          danger: true,
        }}
      >
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="memberId" value={id} />
        <p className="text-small text-ink-muted mb-3">{t("addressNow", { email })}</p>
        <TextField
          name="email"
          type="email"
          label={t("addressNew")}
          hint={t("addressHint")}
          required
          maxLength={254}
          autoComplete="off"
        />
        <SubmitButton variant="outline">{t("addressSubmit")}</SubmitButton>
      </ActionForm>
    </Section>
  );
}

/** The last owner has no button to press: the page says why, as the verb would. */
async function Removal({ account, member }: { account: AccountDetail; member: AccountMember }) {
  const [t, locale] = await Promise.all([getTranslations("accounts.memberForm"), getLocale()]);
  const { name } = member;
  const owners = account.members.filter(({ role, leftAt }) => role === "owner" && !leftAt);
  const isLastOwner = owners.length === 1 && owners[0]?.id === member.id;
  return (
    <Section title={t("remove")}>
      <p className="mb-3 max-w-160">{t(isLastOwner ? "lastOwner" : "removeText", { name })}</p>
      {!isLastOwner && (
        <ActionForm
          action={removeMemberAction}
          label={t("remove")}
          confirm={{
            title: t("removeConfirm", { name, account: account.name }),
            body: t("removeText", { name }),
            confirmLabel: t("remove"),
            danger: true,
          }}
        >
          <input type="hidden" name="locale" value={locale} />
          <input type="hidden" name="memberId" value={member.id} />
          <SubmitButton variant="danger">{t("remove")}</SubmitButton>
        </ActionForm>
      )}
    </Section>
  );
}
