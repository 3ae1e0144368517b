import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { InvitedFields, RoleFields } from "@/components/staff/staff-fields";
import { ButtonLink } from "@/components/ui/button";
import { PageHead } from "@/components/ui/page-head";
import { SubmitBar } from "@/components/ui/submit-bar";
import { requireContext } from "@/server/session";

import { inviteStaffAction } from "../actions";

export async function generateMetadata() {
  const t = await getTranslations("staff");
  return { title: t("invite") };
}

export default async function InviteStaffPage() {
  await requireContext("staff.manage");
  const t = await getTranslations("staff");
  return (
    <>
      <PageHead
        title={t("invite")}
        note={t("inviteLead")}
        crumbs={[{ label: t("title"), href: "/ops/staff" }, { label: t("invite") }]}
      />
      <ActionForm action={inviteStaffAction} guard className="max-w-form">
        <InvitedFields />
        <RoleFields required />
        <SubmitBar>
          <ButtonLink href="/ops/staff">{t("cancel")}</ButtonLink>
          <SubmitButton>{t("inviteSubmit")}</SubmitButton>
        </SubmitBar>
      </ActionForm>
    </>
  );
}
