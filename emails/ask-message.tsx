import type { AskMessageFacts } from "@/domain/broadcasts/facts";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { translator } from "@/messages/translator";
import { askMessageTitle, askMessageWords } from "@/wording/ask-message";

import { ActionPart } from "./_components/button";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { SAMPLE_POLICY, SAMPLE_SENDER } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { subjectOf } from "./_components/subject";
import { Paragraph } from "./_components/text";

type Props = Sender & { facts: AskMessageFacts };

/** To whoever the other side of a conversation about an answer has written to. */
export default function AskMessage({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "broadcasts");
  const { title, lead, next, action } = askMessageWords(facts, locale);
  return (
    <Layout
      sender={sender}
      subject={askMessageSubject({ facts, ...sender })}
      preview={lead}
      kicker={<Kicker>{t("askMessage.kind")}</Kicker>}
      title={title}
      footer={[t(`askMessage.why.${facts.side}`)]}
    >
      <Paragraph>{translator(locale, "emails")("hello", { name: PLACEHOLDERS.name })}</Paragraph>
      <Paragraph>{lead}</Paragraph>
      <Paragraph>{next}</Paragraph>
      <ActionPart href={addressOf(sender, action.href)}>{action.label}</ActionPart>
    </Layout>
  );
}

export const askMessageSubject = ({ facts, locale }: Props): string =>
  subjectOf(locale, {
    kind: translator(locale, "broadcasts")("askMessage.kind"),
    title: askMessageTitle(facts, locale),
  });

AskMessage.PreviewProps = {
  ...SAMPLE_SENDER,
  facts: {
    versionId: SAMPLE_POLICY.versionId,
    documentId: "018f6a52-7c1e-7d20-8a3b-5f1e2d3c4b5c",
    documentTitle: SAMPLE_POLICY.documentTitle,
    label: SAMPLE_POLICY.label,
    accountId: "018f6a52-7c1e-7d20-8a3b-5f1e2d3c4b5d",
    accountName: "青禾网络",
    uin: "100012345678",
    side: "vendor",
    writtenAt: "2026-11-20T02:00:00.000Z",
  },
} satisfies Props;
