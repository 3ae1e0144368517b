import { Text } from "react-email";

import type { ContactKind } from "@/db/vocabulary/accounts";
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

export type ContactConfirmationProps = Sender & {
  /** The whole address of the page that confirms the contact. */
  link: string;
  contactKind: ContactKind;
  accountName: string;
  uin: string;
  addedBy: string;
  /** ISO 8601, UTC: until when the link works. */
  expiresAt: string;
};

/**
 * Asks an address to confirm that it is a contact of an account. It greets nobody: what the account
 * calls the contact is the account's word, and no text of whoever adds an address stands in this mail.
 */
export default function ContactConfirmation(props: ContactConfirmationProps) {
  const { link, contactKind, accountName, uin, addedBy, expiresAt, ...sender } = props;
  const { locale, vendor } = sender;
  const t = translator(locale, "emails");
  const words = translator(locale, "contacts");
  const kind = words(`kindInText.${contactKind}`);
  return (
    <Layout
      sender={sender}
      subject={contactConfirmationSubject(props)}
      preview={t("confirmContact.preview")}
      title={t("confirmContact.title", { account: accountName, kind })}
      footer={[t("confirmContact.notYou"), t("confirmContact.later")]}
    >
      <Paragraph>{t("confirmContact.lead", { kind })}</Paragraph>
      <FactRows
        facts={[
          {
            term: t("confirmContact.account"),
            value: t("confirmContact.accountText", { account: accountName, uin }),
          },
          {
            term: t("confirmContact.kindTerm"),
            value: words(`kind.${contactKind}`),
            isStrong: true,
          },
          { term: t("confirmContact.addedBy"), value: addedBy },
          { term: t("confirmContact.until"), value: formatDateTime(expiresAt, locale) },
        ]}
      />
      <Text style={{ ...UI, margin: "20px 0 0" }}>
        {t(`confirmContact.then.${contactKind}`, { vendor })}
      </Text>
      <ActionPart href={link}>{t("confirmContact.button")}</ActionPart>
      <Text style={{ ...UI, margin: "16px 0 0" }}>
        {t("confirmContact.press", { submit: words("confirm.submit") })}
      </Text>
      <WrittenOut label={t("signIn.address")} address={link} />
    </Layout>
  );
}

type SubjectProps = Pick<ContactConfirmationProps, "locale" | "contactKind" | "accountName">;

export function contactConfirmationSubject({ locale, contactKind, accountName }: SubjectProps) {
  const t = translator(locale, "emails");
  const kind = translator(locale, "contacts")(`kindInText.${contactKind}`);
  return subjectOf(locale, {
    kind: t("confirmContact.kind"),
    title: t("confirmContact.subject", { account: accountName, kind }),
  });
}

ContactConfirmation.PreviewProps = {
  ...SAMPLE_SENDER,
  link: `${SAMPLE_SENDER.origin}/zh-CN/contacts/confirm?mail=018f6a52-9c1e-7d20-8a3b-5f1e2d3c4b5a&token=nW3kq0s1c9Zr7vX2`,
  contactKind: "security",
  accountName: "青禾网络",
  uin: "100023847",
  addedBy: "林知远",
  expiresAt: "2026-12-01T06:05:00.000Z",
} satisfies ContactConfirmationProps;
