import type { AccessUpdateFacts } from "@/domain/broadcasts/facts";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { translator } from "@/messages/translator";
import { accessUpdateTitle, accessUpdateWords } from "@/wording/access-update";

import { ActionPart } from "./_components/button";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { sampleAccess, SAMPLE_SENDER } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { subjectOf } from "./_components/subject";
import { Paragraph } from "./_components/text";

type Props = Sender & { facts: AccessUpdateFacts };

/** To the person whose access it is. Its link leads to the page; signing in is asked there, by mail as always. */
export default function AccessUpdate({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "access");
  const { title, lead, next, action } = accessUpdateWords(facts, locale);
  return (
    <Layout
      sender={sender}
      subject={accessUpdateSubject({ facts, ...sender })}
      preview={lead}
      kicker={<Kicker>{t("update.kind")}</Kicker>}
      title={title}
      footer={[t("update.why"), t("update.mandatory")]}
    >
      <Paragraph>{translator(locale, "emails")("hello", { name: PLACEHOLDERS.name })}</Paragraph>
      <Paragraph>{lead}</Paragraph>
      <Paragraph>{next}</Paragraph>
      {action && <ActionPart href={addressOf(sender, action.href)}>{action.label}</ActionPart>}
    </Layout>
  );
}

export const accessUpdateSubject = ({ facts, locale }: Props): string =>
  subjectOf(locale, {
    kind: translator(locale, "access")("update.kind"),
    title: accessUpdateTitle(facts, locale),
  });

AccessUpdate.PreviewProps = {
  ...SAMPLE_SENDER,
  facts: sampleAccess("staff_invited"),
} satisfies Props;
