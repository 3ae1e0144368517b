import type { ReceiptFacts } from "@/domain/broadcasts/facts";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { receiptWords, receiptTitle } from "@/wording/acknowledgement-receipt";
import { translator } from "@/messages/translator";

import { ActionPart } from "./_components/button";
import { FactRows } from "./_components/facts";
import { Layout } from "./_components/layout";
import { Stamp } from "./_components/marks";
import { SAMPLE_RECEIPT, SAMPLE_SENDER } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { Statement } from "./_components/statement";
import { subjectOf } from "./_components/subject";
import { Paragraph, PartHeading } from "./_components/text";

type Props = Sender & { facts: ReceiptFacts };

/** Proof of an answer for the person who gave it: the words, the text's fingerprint, the time. */
export default function AcknowledgementReceipt({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "emails");
  const words = translator(locale, "broadcasts");
  const receipt = receiptWords(facts, locale);
  return (
    <Layout
      sender={sender}
      subject={receiptSubject({ facts, ...sender })}
      preview={t("receipt.preview", { number: facts.receiptNumber })}
      kicker={<Stamp isSealed={receipt.answer === "acknowledged"}>{receipt.mark}</Stamp>}
      title={receipt.document}
      footer={[t("receipt.why")]}
    >
      <Paragraph>{t("hello", { name: PLACEHOLDERS.name })}</Paragraph>
      <Paragraph>{receipt.lead}</Paragraph>
      <Paragraph>{receipt.next}</Paragraph>
      <PartHeading>{words("receipt.statement")}</PartHeading>
      <Statement text={receipt.statement} />
      <PartHeading>{words("receipt.proof")}</PartHeading>
      <FactRows
        facts={[
          ...receipt.facts,
          { term: receipt.hash.term, value: `sha256 ${receipt.hash.value}`, isCode: true },
        ]}
      />
      <ActionPart href={addressOf(sender, receipt.action.href)}>{receipt.action.label}</ActionPart>
    </Layout>
  );
}

export function receiptSubject({ facts, locale }: Props): string {
  const kind = translator(locale, "broadcasts")("kind.receipt");
  return subjectOf(locale, { kind, title: receiptTitle(facts, locale) });
}

AcknowledgementReceipt.PreviewProps = {
  ...SAMPLE_SENDER,
  facts: SAMPLE_RECEIPT,
} satisfies Props;
