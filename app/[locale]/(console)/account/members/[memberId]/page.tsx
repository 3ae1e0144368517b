import { getTranslations } from "next-intl/server";

import { SyncedNote } from "@/components/accounts/account-fields";
import { ActionForm } from "@/components/form/action-form";
import { RadiosField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { SubmitBar } from "@/components/ui/submit-bar";
import { MEMBER_ROLES, type MemberRole } from "@/db/vocabulary/access";
import { findOwnMember } from "@/domain/accounts/own-members";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { changeOwnMemberAction, handOverAction, removeOwnMemberAction } from "../actions";

type Props = { params: Promise<{ memberId: string }> };
type Found = Awaited<ReturnType<typeof findOwnMember>>;

export async function generateMetadata() {
  const t = await getTranslations("accounts.own.member");
  return { title: t("title") };
}

/** A member of one's own account: the role, handing over, the end of the membership. */
export default async function OwnMemberPage({ params }: Props) {
  const ctx = await requireContext("member.manageOwn");
  const found = await orNotFound(findOwnMember(ctx, await params));
  const t = await getTranslations("accounts.own");
  const isOneself = found.member.userId === ctx.actor.id;
  return (
    <>
      <PageHead
        title={t("member.title")}
        note={
          <>
            {found.name} · <span className="wrap-anywhere">{found.email}</span> ·{" "}
            {found.account.name}
          </>
        }
        crumbs={[{ label: t("title"), href: "/account" }, { label: found.name }]}
      />
      <SyncedNote account={found.account} of="members" />
      {found.isLastOwner ? (
        <div className="max-w-form">
          <Banner>{t("member.lastOwner", { name: found.name })}</Banner>
        </div>
      ) : (
        <>
          <RoleForm found={found} isOneself={isOneself} />
          {!isOneself && <HandOver found={found} />}
          <Removal found={found} />
        </>
      )}
    </>
  );
}

async function RoleForm({ found, isOneself }: { found: Found; isOneself: boolean }) {
  const t = await getTranslations("accounts.own.member");
  const { member, name } = found;
  return (
    <ActionForm
      action={changeOwnMemberAction}
      label={t("title")}
      guard
      className="max-w-form"
      confirm={{
        title: t("changeTitle", { name }),
        body: t("changeText", { name }),
        confirmLabel: t("save"),
      }}
    >
      {isOneself && <p className="mb-4">{t("yourself")}</p>}
      <input type="hidden" name="memberId" value={member.id} />
      <RoleChoice name="role" roles={MEMBER_ROLES} chosen={member.role} />
      <SubmitBar>
        <ButtonLink href="/account">
          {(await getTranslations("accounts.memberForm"))("cancel")}
        </ButtonLink>
        <SubmitButton>{t("save")}</SubmitButton>
      </SubmitBar>
    </ActionForm>
  );
}

type ChoiceProps = { name: string; roles: readonly MemberRole[]; chosen: MemberRole };

async function RoleChoice({ name, roles, chosen }: ChoiceProps) {
  const [t, role] = await Promise.all([
    getTranslations("accounts"),
    getTranslations("access.memberRole"),
  ]);
  return (
    <RadiosField
      name={name}
      label={t(name === "keeps" ? "own.member.keeps" : "memberForm.role")}
      required
      defaultValue={chosen}
      options={roles.map((value) => ({
        value,
        label: role(value),
        hint: t(`roleMay.${value}`),
      }))}
    />
  );
}

/** Two roles in one act, so that the account has an owner all the time. */
async function HandOver({ found: { account, member, name } }: { found: Found }) {
  const t = await getTranslations("accounts.own.member");
  return (
    <Section title={t("handOver")}>
      <p className="max-w-form mb-4">{t("handOverText", { name })}</p>
      <ActionForm
        action={handOverAction}
        label={t("handOver")}
        className="max-w-form"
        confirm={{
          title: t("handOverTitle", { account: account.name, name }),
          body: t("handOverText", { name }),
          confirmLabel: t("handOver"),
          danger: true,
        }}
      >
        <input type="hidden" name="memberId" value={member.id} />
        <RoleChoice
          name="keeps"
          roles={MEMBER_ROLES.filter((role) => role !== "owner")}
          chosen="legal"
        />
        <div className="mt-4">
          <SubmitButton variant="outline">{t("handOver")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

async function Removal({ found: { account, member, name } }: { found: Found }) {
  const [t, words] = await Promise.all([
    getTranslations("accounts.own.member"),
    getTranslations("accounts.memberForm"),
  ]);
  const text = t("removeText", { name });
  return (
    <Section title={words("remove")}>
      <p className="max-w-form mb-3">{text}</p>
      <ActionForm
        action={removeOwnMemberAction}
        label={words("remove")}
        confirm={{
          title: words("removeConfirm", { name, account: account.name }),
          body: text,
          confirmLabel: words("remove"),
          danger: true,
        }}
      >
        <input type="hidden" name="memberId" value={member.id} />
        <SubmitButton variant="danger">{words("remove")}</SubmitButton>
      </ActionForm>
    </Section>
  );
}
