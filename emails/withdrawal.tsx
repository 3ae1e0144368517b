import type { WithdrawalFacts } from "@/domain/broadcasts/facts";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { translator } from "@/messages/translator";
import { withdrawalWords, withdrawalTitle } from "@/wording/withdrawal";

import { ActionPart } from "./_components/button";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { SAMPLE_SENDER, SAMPLE_WITHDRAWAL } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { Statement } from "./_components/statement";
import { subjectOf } from "./_components/subject";
import { Paragraph, PartHeading } from "./_components/text";

type Props = Sender & { facts: WithdrawalFacts };

/** To whoever was told of something that has been withdrawn. */
export default function Withdrawal({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "withdrawals");
  const notice = withdrawalWords(facts, locale);
  return (
    <Layout
      sender={sender}
      subject={withdrawalSubject({ facts, ...sender })}
      preview={notice.lead}
      kicker={<Kicker>{t("kind")}</Kicker>}
      title={notice.title}
      footer={[t("mail.why", { accounts: PLACEHOLDERS.accounts }), t("mail.mandatory")]}
    >
      <Paragraph>{translator(locale, "emails")("hello", { name: PLACEHOLDERS.name })}</Paragraph>
      <Paragraph>{notice.lead}</Paragraph>
      <Paragraph>{notice.ask}</Paragraph>
      <PartHeading>{notice.reasonHeading}</PartHeading>
      <Statement text={notice.reason} />
      <ActionPart href={addressOf(sender, notice.action.href)}>{notice.action.label}</ActionPart>
    </Layout>
  );
}

export const withdrawalSubject = ({ facts, locale }: Props): string =>
  subjectOf(locale, {
    kind: translator(locale, "withdrawals")("kind"),
    title: withdrawalTitle(facts, locale),
  });

Withdrawal.PreviewProps = { ...SAMPLE_SENDER, facts: SAMPLE_WITHDRAWAL } satisfies Props;
