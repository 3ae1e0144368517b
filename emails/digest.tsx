import type { DigestFacts } from "@/domain/broadcasts/facts";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { translator } from "@/messages/translator";
import { digestEntries } from "@/wording/digest";
import { noticeKind, noticeTitle } from "@/wording/notice-line";

import { ActionPart } from "./_components/button";
import { EntriesPart } from "./_components/change-list";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { ChooseMails } from "./_components/optional";
import { SAMPLE_ANNOUNCEMENT, SAMPLE_POLICY, SAMPLE_SENDER } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { Paragraph } from "./_components/text";

type Props = Sender & { facts: DigestFacts };

/** What came since the last one, for those who want such mails once a day together. */
export default function Digest({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "emails");
  const entries = digestEntries(facts, locale);
  return (
    <Layout
      sender={sender}
      subject={digestSubject({ facts, ...sender })}
      preview={entries.map(({ title }) => title).join(" ")}
      kicker={<Kicker>{noticeKind({ kind: "digest", facts }, locale)}</Kicker>}
      title={noticeTitle({ kind: "digest", facts }, locale)}
      footer={[t("digest.why")]}
    >
      <Paragraph>{t("hello", { name: PLACEHOLDERS.name })}</Paragraph>
      <Paragraph>{t("digest.lead")}</Paragraph>
      <EntriesPart
        entries={entries.map(({ href, ...entry }) => ({
          ...entry,
          link: { href: addressOf(sender, href), label: t("digest.read") },
        }))}
      />
      <ActionPart href={addressOf(sender, "/inbox")}>{t("digest.inbox")}</ActionPart>
      <ChooseMails sender={sender} />
    </Layout>
  );
}

export const digestSubject = ({ facts, locale }: Props): string =>
  noticeTitle({ kind: "digest", facts }, locale);

Digest.PreviewProps = {
  ...SAMPLE_SENDER,
  facts: {
    day: "2026-12-01",
    items: [
      { kind: "announcement", facts: SAMPLE_ANNOUNCEMENT },
      { kind: "policy_change", facts: { ...SAMPLE_POLICY, isMajor: false, majorReasons: [] } },
    ],
  },
} satisfies Props;
