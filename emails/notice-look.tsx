import type { NoticeLookFacts } from "@/domain/broadcasts/facts";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { translator } from "@/messages/translator";
import { noticeLookTitle, noticeLookWords } from "@/wording/notice-look";

import { ActionPart } from "./_components/button";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { SAMPLE_SENDER } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { subjectOf } from "./_components/subject";
import { Paragraph } from "./_components/text";

type Props = Sender & { facts: NoticeLookFacts };

/** To those who approve, where one person has sent a notice alone; and to its writers, where somebody objects. */
export default function NoticeLook({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "broadcasts");
  const { title, lead, next, action } = noticeLookWords(facts, locale);
  return (
    <Layout
      sender={sender}
      subject={noticeLookSubject({ facts, ...sender })}
      preview={lead}
      kicker={<Kicker>{t("look.kind")}</Kicker>}
      title={title}
      footer={[t(`look.why.${facts.event}`)]}
    >
      <Paragraph>{translator(locale, "emails")("hello", { name: PLACEHOLDERS.name })}</Paragraph>
      <Paragraph>{lead}</Paragraph>
      <Paragraph>{next}</Paragraph>
      <ActionPart href={addressOf(sender, action.href)}>{action.label}</ActionPart>
    </Layout>
  );
}

export const noticeLookSubject = ({ facts, locale }: Props): string =>
  subjectOf(locale, {
    kind: translator(locale, "broadcasts")("look.kind"),
    title: noticeLookTitle(facts, locale),
  });

NoticeLook.PreviewProps = {
  ...SAMPLE_SENDER,
  facts: {
    event: "sent_alone",
    noticeId: "018f6a52-7c1e-7d20-8a3b-5f1e2d3c4b6a",
    incidentNumber: "I-2026-000012",
    sequence: 1,
    sentAt: "2026-11-20T02:00:00.000Z",
    lookDueAt: "2026-11-20T02:30:00.000Z",
  },
} satisfies Props;
