import type { ContactsCheckFacts } from "@/domain/broadcasts/facts";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { translator } from "@/messages/translator";
import { contactsCheckTitle, contactsCheckWords } from "@/wording/contacts-check";

import { ActionPart } from "./_components/button";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { SAMPLE_SENDER } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { subjectOf } from "./_components/subject";
import { Paragraph } from "./_components/text";

type Props = Sender & { facts: ContactsCheckFacts };

/** To the owners of an account, once a year: its contacts, to be confirmed or changed by one click. */
export default function ContactsCheck({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "contacts");
  const { title, lead, next, action } = contactsCheckWords(facts, locale);
  return (
    <Layout
      sender={sender}
      subject={contactsCheckSubject({ facts, ...sender })}
      preview={lead}
      kicker={<Kicker>{t("check.kind")}</Kicker>}
      title={title}
      footer={[t("check.why", { accounts: PLACEHOLDERS.accounts })]}
    >
      <Paragraph>{translator(locale, "emails")("hello", { name: PLACEHOLDERS.name })}</Paragraph>
      <Paragraph>{lead}</Paragraph>
      <Paragraph>{next}</Paragraph>
      <ActionPart href={addressOf(sender, action.href)}>{action.label}</ActionPart>
    </Layout>
  );
}

export const contactsCheckSubject = ({ facts, locale }: Props): string =>
  subjectOf(locale, {
    kind: translator(locale, "contacts")("check.kind"),
    title: contactsCheckTitle(facts, locale),
  });

ContactsCheck.PreviewProps = {
  ...SAMPLE_SENDER,
  facts: {
    ...{ accountId: "00000000-0000-4000-8000-000000000001", accountName: "青禾科技" },
    ...{ uin: "100000000001", isReminder: false, lastAt: "2025-11-20T02:00:00.000Z" },
    contacts: [
      { kind: "security", count: 2 },
      { kind: "legal", count: 1 },
      { kind: "technical", count: 0 },
    ],
  },
} satisfies Props;
