import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type OwnAccount } from "@/domain/accounts/list-own";

import { resendInvitationAction, withdrawInvitationAction } from "../members/actions";

type Invitations = OwnAccount["invitations"];

/** Whom the owners invited and who has not answered: send again, withdraw. Nothing where nobody waits. */
export function OwnInvitations({ invitations }: { invitations: Invitations }) {
  const t = useTranslations("accounts.invitation");
  const role = useTranslations("access.memberRole");
  if (invitations.length === 0) return null;
  return (
    <div className="mt-5">
      <Table
        caption={t("open")}
        captionShown
        rows={invitations}
        rowKey={({ id }) => id}
        columns={[
          {
            header: t("address"),
            rowHeader: true,
            cell: ({ email }) => <span className="wrap-anywhere">{email}</span>,
          },
          {
            header: t("role"),
            cell: (invitation) => (invitation.keeps ? t("handOver") : role(invitation.role)),
          },
          {
            header: t("until"),
            cell: ({ expiresAt, isOpen }) => (
              <>
                <Time at={expiresAt} form="table-date" />
                {!isOpen && <CellNote>{t("expired")}</CellNote>}
              </>
            ),
          },
          {
            header: t("actions"),
            headerHidden: true,
            align: "end",
            cell: (invitation) => <InvitationActions {...invitation} />,
          },
        ]}
      />
    </div>
  );
}

function InvitationActions({ id, email }: Invitations[number]) {
  const t = useTranslations("accounts.invitation");
  const field = <input type="hidden" name="invitationId" value={id} />;
  return (
    <div className="flex flex-wrap gap-2 md:justify-end print:hidden">
      <ActionForm action={resendInvitationAction} label={t("resendTo", { email })}>
        {field}
        <SubmitButton variant="outline" size="sm" aria-label={t("resendTo", { email })}>
          {t("resend")}
        </SubmitButton>
      </ActionForm>
      <ActionForm
        action={withdrawInvitationAction}
        label={t("withdrawOf", { email })}
        confirm={{
          title: t("withdrawTitle", { email }),
          body: t("withdrawText"),
          confirmLabel: t("withdraw"),
          danger: true,
        }}
      >
        {field}
        <SubmitButton variant="outline" size="sm" aria-label={t("withdrawOf", { email })}>
          {t("withdraw")}
        </SubmitButton>
      </ActionForm>
    </div>
  );
}
