import { getLocale, getTranslations } from "next-intl/server";

import { accountCrumbs } from "@/components/accounts/crumbs";
import { SyncedNote } from "@/components/accounts/account-fields";
import { MemberFields } from "@/components/accounts/member-fields";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { type AccountMember, findMember } from "@/domain/accounts/list-members";
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
  const { account, member, isLastOwner } = await orNotFound(findMember(ctx, await params));
  const [t, locale] = await Promise.all([getTranslations("accounts"), getLocale()]);

  return (
    <>
      <PageHead
        title={t("memberForm.edit")}
        note={
          <>
            {member.name} · <span className="wrap-anywhere">{member.email}</span>
          </>
        }
        crumbs={accountCrumbs(t("title"), { account, here: member.name })}
      />
      {member.leftAt && (
        <div className="max-w-form mb-6">
          <Banner>{t("memberForm.left", { date: formatDate(member.leftAt, locale) })}</Banner>
        </div>
      )}
      <SyncedNote account={account} of="members" />
      <ActionForm action={saveMemberAction} guard className="max-w-form">
        <MemberFields accountId={account.id} member={member} />
      </ActionForm>
      {!member.leftAt && (
        <>
          <Address member={member} />
          <Removal
            account={account.name}
            name={member.name}
            memberId={member.id}
            isLast={isLastOwner}
          />
        </>
      )}
    </>
  );
}

/** Another address for the same person; what the old one opened ends, so it is confirmed first. */
async function Address({ member: { id, name, email } }: { member: AccountMember }) {
  const t = await getTranslations("accounts.memberForm");
  return (
    <Section title={t("address")}>
      <p className="max-w-form mb-4">{t("addressText", { name })}</p>
      <ActionForm
        action={changeAddressAction}
        label={t("address")}
        className="max-w-form"
        confirm={{
          title: t("addressConfirm", { name }),
          body: t("addressText", { name }),
          confirmLabel: t("addressSubmit"),
          danger: true,
        }}
      >
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

type RemovalProps = { account: string; name: string; memberId: string; isLast: boolean };

/** The last owner has no button to press: the page says why, as the verb would. */
async function Removal({ account, name, memberId, isLast }: RemovalProps) {
  const t = await getTranslations("accounts.memberForm");
  return (
    <Section title={t("remove")}>
      <p className="max-w-form mb-3">{t(isLast ? "lastOwner" : "removeText", { name })}</p>
      {!isLast && (
        <ActionForm
          action={removeMemberAction}
          label={t("remove")}
          confirm={{
            title: t("removeConfirm", { name, account }),
            body: t("removeText", { name }),
            confirmLabel: t("remove"),
            danger: true,
          }}
        >
          <input type="hidden" name="memberId" value={memberId} />
          <SubmitButton variant="danger">{t("remove")}</SubmitButton>
        </ActionForm>
      )}
    </Section>
  );
}
