import { Text } from "react-email";

import type { MemberRole } from "@/db/vocabulary/access";
import { formatDateTime } from "@/lib/format";
import { translator } from "@/messages/translator";

import { ActionPart, WrittenOut } from "./_components/button";
import { FactRows } from "./_components/facts";
import { Layout } from "./_components/layout";
import { SAMPLE_SENDER } from "./_components/samples";
import type { Sender } from "./_components/sender";
import { UI } from "./_components/style";
import { subjectOf } from "./_components/subject";
import { Paragraph } from "./_components/text";

export type MemberInvitationProps = Sender & {
  /** The whole address of the page that answers invitations; it holds no secret, signing in is asked there. */
  link: string;
  role: MemberRole;
  /** The ownership is offered to somebody who is a member already. */
  isHandOver: boolean;
  accountName: string;
  uin: string;
  invitedBy: string;
  /** ISO 8601, UTC: until when the invitation stands. */
  expiresAt: string;
};

/** Invites an address to an account. It greets nobody, and is the same whether or not somebody here has the address. */
export default function MemberInvitation(props: MemberInvitationProps) {
  const { link, role, isHandOver, accountName, uin, invitedBy, expiresAt, ...sender } = props;
  const { locale } = sender;
  const t = translator(locale, "emails");
  const words = translator(locale, "accounts");
  const roleName = translator(locale, "access")(`memberRole.${role}`);
  return (
    <Layout
      sender={sender}
      subject={memberInvitationSubject(props)}
      preview={t(isHandOver ? "invitation.handOverPreview" : "invitation.preview")}
      title={t(isHandOver ? "invitation.handOverTitle" : "invitation.title", {
        account: accountName,
      })}
      footer={[t("invitation.notYou")]}
    >
      <Paragraph>{t(isHandOver ? "invitation.handOverLead" : "invitation.lead")}</Paragraph>
      <FactRows
        facts={[
          {
            term: t("confirmContact.account"),
            value: t("confirmContact.accountText", { account: accountName, uin }),
          },
          { term: t("invitation.role"), value: roleName, isStrong: true },
          { term: t("invitation.invitedBy"), value: invitedBy },
          { term: t("invitation.until"), value: formatDateTime(expiresAt, locale) },
        ]}
      />
      <Text style={{ ...UI, margin: "20px 0 0" }}>{words(`roleMay.${role}`)}</Text>
      <ActionPart href={link}>{t("invitation.button")}</ActionPart>
      <Text style={{ ...UI, margin: "16px 0 0" }}>{t("invitation.press")}</Text>
      <WrittenOut label={t("signIn.address")} address={link} />
    </Layout>
  );
}

type SubjectProps = Pick<MemberInvitationProps, "locale" | "accountName" | "isHandOver">;

export function memberInvitationSubject({ locale, accountName, isHandOver }: SubjectProps) {
  const t = translator(locale, "emails");
  return subjectOf(locale, {
    kind: t("invitation.kind"),
    title: t(isHandOver ? "invitation.handOverTitle" : "invitation.subject", {
      account: accountName,
    }),
  });
}

MemberInvitation.PreviewProps = {
  ...SAMPLE_SENDER,
  link: `${SAMPLE_SENDER.origin}/zh-CN/invitations`,
  role: "legal",
  isHandOver: false,
  accountName: "青禾网络",
  uin: "100023847",
  invitedBy: "林知远",
  expiresAt: "2026-12-01T06:05:00.000Z",
} satisfies MemberInvitationProps;
