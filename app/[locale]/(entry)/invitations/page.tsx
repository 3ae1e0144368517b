import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { ReadingHead } from "@/components/layout/reading-page";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { Time } from "@/components/ui/time";
import { listInvitationsToMe } from "@/domain/accounts/answer-invitation";
import { requireContext } from "@/server/session";

import { acceptInvitationAction, declineInvitationAction } from "./actions";

type Props = { searchParams: Promise<{ done?: string }> };
type Invitation = Awaited<ReturnType<typeof listInvitationsToMe>>[number];

export async function generateMetadata() {
  const t = await getTranslations("accounts.invitation");
  return { title: t("mine") };
}

/** Where an invitation's mail leads: what one is invited to, once one has signed in with the address it came to. */
export default async function InvitationsPage({ searchParams }: Props) {
  const ctx = await requireContext("invitation.answer");
  const { done } = await searchParams;
  const [t, invitations] = await Promise.all([
    getTranslations("accounts.invitation"),
    listInvitationsToMe(ctx, {}),
  ]);
  return (
    <>
      <ReadingHead title={t("mine")} />
      {done === "declined" && (
        <div className="mb-6">
          <Banner tone="ok" role="status">
            {t("declined")}
          </Banner>
        </div>
      )}
      {invitations.map((invitation) => (
        <Invitation key={invitation.id} invitation={invitation} />
      ))}
      {invitations.length === 0 && (
        <>
          <p className="mb-4">{t("none")}</p>
          <ButtonLink href="/">{t("home")}</ButtonLink>
        </>
      )}
    </>
  );
}

function Invitation({
  invitation: { id, account, role, keeps, expiresAt },
}: {
  invitation: Invitation;
}) {
  const t = useTranslations("accounts.invitation");
  const words = useTranslations("accounts");
  const roles = useTranslations("access.memberRole");
  const field = <input type="hidden" name="invitationId" value={id} />;
  const named = { account: account.name };
  return (
    <section className="mb-10 last:mb-0" aria-labelledby={`invitation-${id}`}>
      <h2 id={`invitation-${id}`} className="text-body mb-3 font-semibold">
        {t(keeps ? "handOverTo" : "to", named)}
      </h2>
      <Facts
        facts={[
          { term: "UIN", value: account.uin },
          { term: t("role"), value: roles(role) },
          { term: t("may"), value: words(`roleMay.${role}`) },
          { term: t("until"), value: <Time at={expiresAt} /> },
        ]}
      />
      <p className="max-w-measure my-4">{t(keeps ? "handOverText" : "shown")}</p>
      <div className="flex flex-wrap gap-3">
        <ActionForm action={acceptInvitationAction} label={t("acceptOf", named)}>
          {field}
          <SubmitButton aria-label={t("acceptOf", named)}>{t("accept")}</SubmitButton>
        </ActionForm>
        <ActionForm action={declineInvitationAction} label={t("declineOf", named)}>
          {field}
          <SubmitButton variant="outline" aria-label={t("declineOf", named)}>
            {t("decline")}
          </SubmitButton>
        </ActionForm>
      </div>
    </section>
  );
}
