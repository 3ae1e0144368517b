import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { RoleFields } from "@/components/staff/staff-fields";
import { HeldRoles } from "@/components/staff/staff-table";
import { Banner } from "@/components/ui/banner";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { SubmitBar } from "@/components/ui/submit-bar";
import { findStaff } from "@/domain/staff/list-staff";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { changeStaffRolesAction, confirmAdminAction, dropAdminProposalAction } from "../actions";

type Props = { params: Promise<{ userId: string }> };
type Found = Awaited<ReturnType<typeof findStaff>>;

export async function generateMetadata({ params }: Props) {
  const { name } = await orNotFound(findStaff(await requireContext("staff.manage"), await params));
  return { title: name };
}

/** What one person may, and how that is changed; one's own is for the others to change. */
export default async function StaffMemberPage({ params }: Props) {
  const ctx = await requireContext("staff.manage");
  const member = await orNotFound(findStaff(ctx, await params));
  const t = await getTranslations("staff");
  return (
    <>
      <PageHead
        title={member.name}
        note={<span className="wrap-anywhere">{member.email}</span>}
        crumbs={[{ label: t("title"), href: "/ops/staff" }, { label: member.name }]}
      />
      <Section title={t("held")}>
        <HeldRoles member={member} />
      </Section>
      {member.id === ctx.actor.id ? (
        <div className="max-w-form mt-6">
          <Banner>{t("ownText")}</Banner>
        </div>
      ) : (
        <>
          {member.proposal && <Proposal member={member} readerId={ctx.actor.id} />}
          <Change member={member} />
          <Departure member={member} />
        </>
      )}
    </>
  );
}

/** Another administrator than proposed it decides; the other may take it back. */
async function Proposal({ member, readerId }: { member: Found; readerId: string }) {
  const t = await getTranslations("staff");
  const { id, name, proposal } = member;
  const isOwn = proposal?.proposedBy === readerId;
  return (
    <Section title={t("proposal")}>
      <p className="max-w-form mb-4">{t(isOwn ? "proposalOwn" : "proposalText", { name })}</p>
      <Buttons>
        {!isOwn && (
          <ActionForm
            action={confirmAdminAction}
            label={t("confirm")}
            confirm={{
              title: t("confirmTitle", { name }),
              body: t("confirmText"),
              confirmLabel: t("confirm"),
            }}
          >
            <input type="hidden" name="userId" value={id} />
            <SubmitButton>{t("confirm")}</SubmitButton>
          </ActionForm>
        )}
        <ActionForm action={dropAdminProposalAction} label={t(isOwn ? "takeBack" : "refuse")}>
          <input type="hidden" name="userId" value={id} />
          <SubmitButton variant="outline">{t(isOwn ? "takeBack" : "refuse")}</SubmitButton>
        </ActionForm>
      </Buttons>
    </Section>
  );
}

async function Change({ member: { id, name, roles, proposal, admins } }: { member: Found }) {
  const t = await getTranslations("staff");
  const held = roles.map(({ role }) => role);
  return (
    <Section title={t("change")}>
      {admins === 1 && <p className="max-w-form mb-4">{t("oneAdmin")}</p>}
      <ActionForm
        action={changeStaffRolesAction}
        label={t("change")}
        guard
        className="max-w-form"
        confirm={{
          title: t("changeTitle", { name }),
          body: t("changeText"),
          confirmLabel: t("save"),
        }}
      >
        <Identity userId={id} held={held} />
        <RoleFields held={held} isAdminProposed={proposal !== null} />
        <SubmitBar>
          <ButtonLink href="/ops/staff">{t("cancel")}</ButtonLink>
          <SubmitButton>{t("save")}</SubmitButton>
        </SubmitBar>
      </ActionForm>
    </Section>
  );
}

/** Somebody leaves: all roles at once, and every session with them. */
async function Departure({ member: { id, name, roles, isLastAdmin } }: { member: Found }) {
  const t = await getTranslations("staff");
  if (roles.length === 0) return null;
  return (
    <Section title={t("leave")}>
      <p className="max-w-form mb-3">{t(isLastAdmin ? "leaveLast" : "leaveText", { name })}</p>
      {!isLastAdmin && (
        <ActionForm
          action={changeStaffRolesAction}
          label={t("leave")}
          confirm={{
            title: t("leaveTitle", { name }),
            body: t("leaveText", { name }),
            confirmLabel: t("leave"),
            danger: true,
          }}
        >
          <Identity userId={id} held={roles.map(({ role }) => role)} />
          <SubmitButton variant="danger">{t("leave")}</SubmitButton>
        </ActionForm>
      )}
    </Section>
  );
}

function Identity({ userId, held }: { userId: string; held: readonly string[] }) {
  return (
    <>
      <input type="hidden" name="userId" value={userId} />
      {held.map((role) => (
        <input key={role} type="hidden" name="seen" value={role} />
      ))}
    </>
  );
}
