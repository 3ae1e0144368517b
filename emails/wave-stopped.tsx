import type { WaveStoppedFacts } from "@/domain/broadcasts/facts";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { translator } from "@/messages/translator";
import { waveStoppedTitle, waveStoppedWords } from "@/wording/wave-stopped";

import { ActionPart } from "./_components/button";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { SAMPLE_SENDER } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { subjectOf } from "./_components/subject";
import { Paragraph } from "./_components/text";

type Props = Sender & { facts: WaveStoppedFacts };

/** To who wrote and who let out a notice whose sending stopped by itself after its first wave. */
export default function WaveStopped({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "broadcasts");
  const { title, lead, next, action } = waveStoppedWords(facts, locale);
  return (
    <Layout
      sender={sender}
      subject={waveStoppedSubject({ facts, ...sender })}
      preview={lead}
      kicker={<Kicker>{t("waveStopped.kind")}</Kicker>}
      title={title}
      footer={[t("waveStopped.why")]}
    >
      <Paragraph>{translator(locale, "emails")("hello", { name: PLACEHOLDERS.name })}</Paragraph>
      <Paragraph>{lead}</Paragraph>
      <Paragraph>{next}</Paragraph>
      <ActionPart href={addressOf(sender, action.href)}>{action.label}</ActionPart>
    </Layout>
  );
}

export const waveStoppedSubject = ({ facts, locale }: Props): string =>
  subjectOf(locale, {
    kind: translator(locale, "broadcasts")("waveStopped.kind"),
    title: waveStoppedTitle(facts, locale),
  });

WaveStopped.PreviewProps = {
  ...SAMPLE_SENDER,
  facts: {
    broadcastId: "018f6a52-7c1e-7d20-8a3b-5f1e2d3c4b6a",
    incidentNumber: "I-2026-000012",
    sequence: 1,
    cause: "bounced",
    first: 150,
    rest: 2850,
    mails: 148,
    heard: 131,
    bounced: 12,
    refused: 1,
    complained: 0,
  },
} satisfies Props;
