import { Section, Text } from "react-email";

import type { CheckpointFacts } from "@/domain/broadcasts/checkpoint-facts";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { translator } from "@/messages/translator";
import { checkpointTitle, checkpointWords } from "@/wording/checkpoint";

import { WrittenOut } from "./_components/button";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { SAMPLE_SENDER } from "./_components/samples";
import type { Sender } from "./_components/sender";
import { BREAK_ANYWHERE, COLOURS, FONT_CODE } from "./_components/style";
import { subjectOf } from "./_components/subject";
import { Lines, Paragraph, PartHeading } from "./_components/text";

type Props = Sender & { facts: CheckpointFacts };

/** To who asked for it: the signed state of the record, to be kept and held against it later. */
export default function Checkpoint({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "verify");
  const { title, lead, next, note, proof, why } = checkpointWords(facts, sender);
  return (
    <Layout
      sender={sender}
      subject={checkpointSubject({ facts, ...sender })}
      preview={lead}
      kicker={<Kicker>{t("checkpointMail.kind")}</Kicker>}
      title={title}
      footer={[why]}
    >
      <Paragraph>{translator(locale, "emails")("hello", { name: PLACEHOLDERS.name })}</Paragraph>
      <Paragraph>{lead}</Paragraph>
      <Paragraph>{next}</Paragraph>
      {proof && <WrittenOut {...proof} />}
      <PartHeading>{t("checkpointMail.note")}</PartHeading>
      <Section style={{ padding: "12px 14px", backgroundColor: COLOURS.sunken }}>
        <Text
          style={{
            ...BREAK_ANYWHERE,
            ...{ margin: 0, fontFamily: FONT_CODE, fontSize: "13px", lineHeight: "20px" },
          }}
        >
          <Lines text={note.trimEnd()} />
        </Text>
      </Section>
    </Layout>
  );
}

export const checkpointSubject = ({ facts, locale }: Props): string =>
  subjectOf(locale, {
    kind: translator(locale, "verify")("checkpointMail.kind"),
    title: checkpointTitle(facts, locale),
  });

const noteOf = (size: number, root: string, sealedAt: string): string =>
  `notices.example.com/record\n${size}\n${root}\nsealed ${sealedAt}\n\n— notices.example.com/record Y0VuMmtmQ1pVb3V5VnE0d2xGdGxvS2xXaEp0N2RqT2hQd2VhN0ZBRWxnPT1hYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5\n`;
const at = { earlier: "2026-10-31T01:00:03.000Z", last: "2026-11-20T01:00:02.000Z" };

Checkpoint.PreviewProps = {
  ...SAMPLE_SENDER,
  facts: {
    pace: "daily",
    last: {
      ...{ size: 20_412, sealedAt: at.last },
      note: noteOf(20_412, "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", at.last),
    },
    earlier: {
      ...{ size: 19_004, sealedAt: at.earlier },
      note: noteOf(19_004, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", at.earlier),
    },
  },
} satisfies Props;
