import type { ChosenNames } from "@/domain/subscriptions/choice";
import { formatDateTime } from "@/lib/format";
import { translator } from "@/messages/translator";
import { chosenLines } from "@/wording/subscription";

import { ActionPart, WrittenOut } from "./_components/button";
import { FactRows } from "./_components/facts";
import { Layout } from "./_components/layout";
import { SAMPLE_SENDER } from "./_components/samples";
import type { Sender } from "./_components/sender";
import { subjectOf } from "./_components/subject";
import { Paragraph } from "./_components/text";

export type SubscriptionConfirmationProps = Sender & {
  /** The whole address of the page that confirms the subscription. */
  link: string;
  chosen: ChosenNames;
  /** ISO 8601, UTC: until when the link works. */
  expiresAt: string;
};

/**
 * Asks an address whether it wants to be told (P53). Anybody may ask for this mail: it greets nobody,
 * and no text of theirs stands in it.
 */
export default function SubscriptionConfirmation(props: SubscriptionConfirmationProps) {
  const { link, chosen, expiresAt, ...sender } = props;
  const { locale, vendor } = sender;
  const t = translator(locale, "subscriptions");
  return (
    <Layout
      sender={sender}
      subject={subscriptionSubject(sender)}
      preview={t("mail.preview")}
      title={t("mail.title", { vendor })}
      footer={[t("mail.notYou")]}
    >
      <Paragraph>{t("mail.lead")}</Paragraph>
      <FactRows
        facts={[
          ...chosenLines(chosen, locale),
          { term: t("mail.until"), value: formatDateTime(expiresAt, locale) },
        ]}
      />
      <ActionPart href={link}>{t("mail.button")}</ActionPart>
      <WrittenOut label={translator(locale, "emails")("signIn.address")} address={link} />
    </Layout>
  );
}

export const subscriptionSubject = ({
  locale,
  vendor,
}: Pick<Sender, "locale" | "vendor">): string => {
  const t = translator(locale, "subscriptions");
  return subjectOf(locale, { kind: t("mail.kind"), title: t("mail.subject", { vendor }) });
};

SubscriptionConfirmation.PreviewProps = {
  ...SAMPLE_SENDER,
  link: `${SAMPLE_SENDER.origin}/zh-CN/subscriptions/confirm?request=018f6a52-9c1e-7d20-8a3b-5f1e2d3c4b5a&token=nW3kq0s1c9Zr7vX2`,
  chosen: {
    products: [{ "zh-CN": "即时通信 SDK", en: "Instant Messaging SDK" }],
    announcements: true,
    documents: [
      { "zh-CN": "即时通信 SDK 隐私保护指引", en: "Instant Messaging SDK Privacy Guide" },
    ],
  },
  expiresAt: "2026-12-01T06:05:00.000Z",
} satisfies SubscriptionConfirmationProps;
