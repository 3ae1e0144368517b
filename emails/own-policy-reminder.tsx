import type { OwnPolicyReminderFacts } from "@/domain/broadcasts/facts";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { translator } from "@/messages/translator";
import { ownPolicyReminderTitle, ownPolicyReminderWords } from "@/wording/own-policy-reminder";

import { ActionPart } from "./_components/button";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { SAMPLE_POLICY, SAMPLE_SENDER } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { subjectOf } from "./_components/subject";
import { Paragraph } from "./_components/text";

type Props = Sender & { facts: OwnPolicyReminderFacts };

/** To who may say of an account's apps that their own policy was updated, while one of them waits for it. */
export default function OwnPolicyReminder({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "broadcasts");
  const { title, lead, next, action } = ownPolicyReminderWords(facts, locale);
  return (
    <Layout
      sender={sender}
      subject={ownPolicyReminderSubject({ facts, ...sender })}
      preview={lead}
      kicker={<Kicker>{t("ownPolicy.kind")}</Kicker>}
      title={title}
      footer={[t("ownPolicy.why", { accounts: PLACEHOLDERS.accounts })]}
    >
      <Paragraph>{translator(locale, "emails")("hello", { name: PLACEHOLDERS.name })}</Paragraph>
      <Paragraph>{lead}</Paragraph>
      <Paragraph>{next}</Paragraph>
      <ActionPart href={addressOf(sender, action.href)}>{action.label}</ActionPart>
    </Layout>
  );
}

export const ownPolicyReminderSubject = ({ facts, locale }: Props): string =>
  subjectOf(locale, {
    kind: translator(locale, "broadcasts")("ownPolicy.kind"),
    title: ownPolicyReminderTitle(facts, locale),
  });

OwnPolicyReminder.PreviewProps = {
  ...SAMPLE_SENDER,
  facts: {
    versionId: SAMPLE_POLICY.versionId,
    documentSlug: SAMPLE_POLICY.documentSlug,
    documentTitle: SAMPLE_POLICY.documentTitle,
    label: SAMPLE_POLICY.label,
    effectiveAt: SAMPLE_POLICY.effectiveAt,
    days: 7,
  },
} satisfies Props;
