import type { BulletinFacts } from "@/domain/broadcasts/facts";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { translator } from "@/messages/translator";
import { bulletinKind, bulletinTitle, bulletinWords, isFalseAlarm } from "@/wording/bulletin";

import { ActionPart, WrittenOut } from "./_components/button";
import { FactRows } from "./_components/facts";
import { NoticeWords } from "./_components/change-words";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { SAMPLE_INCIDENT, SAMPLE_SENDER } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { StatementBox } from "./_components/statement";
import { subjectOf } from "./_components/subject";
import { Body, Paragraph, PartHeading } from "./_components/text";

type Props = Sender & { facts: BulletinFacts };

/**
 * What was told to others, told on (P53). It greets nobody: of who subscribed nothing is known but the
 * address. Each mail to a subscriber carries the way out.
 */
export default function Bulletin({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "subscriptions");
  const { kind, title, why, parts, facts: rows, action } = bulletinWords(facts, locale);
  const isToSubscribers = facts.to === "subscribers";
  return (
    <Layout
      sender={sender}
      subject={bulletinSubject({ facts, ...sender })}
      preview={parts[0]?.text.text ?? why}
      kicker={<Kicker>{kind}</Kicker>}
      title={title}
      written={parts.map(({ text }) => text)}
      footer={[t(`bulletin.mail.${isFalseAlarm(facts) ? "told" : facts.to}`)]}
    >
      <Paragraph>{why}</Paragraph>
      {parts.map(({ heading, text }) => (
        <div key={heading ?? ""} lang={text.locale === locale ? undefined : text.locale}>
          {heading && <PartHeading>{heading}</PartHeading>}
          {isToSubscribers ? (
            <Body>
              <NoticeWords text={text} own={text.locale} />
            </Body>
          ) : (
            <StatementBox lang={text.locale}>
              <NoticeWords text={text} own={text.locale} />
            </StatementBox>
          )}
        </div>
      ))}
      {rows.length > 0 && (
        <>
          <PartHeading>{translator(locale, "notices")("told.facts")}</PartHeading>
          <FactRows facts={rows.map(({ term, value }) => ({ term, value }))} />
        </>
      )}
      {action && <ActionPart href={addressOf(sender, action.href)}>{action.label}</ActionPart>}
      {isToSubscribers && (
        <WrittenOut
          label={t("bulletin.mail.manage")}
          address={`${addressOf(sender, "/subscriptions/manage")}?key=${PLACEHOLDERS.key}`}
        />
      )}
    </Layout>
  );
}

export const bulletinSubject = ({ facts, locale }: Props): string =>
  subjectOf(locale, { kind: bulletinKind(facts, locale), title: bulletinTitle(facts, locale) });

Bulletin.PreviewProps = {
  ...SAMPLE_SENDER,
  facts: {
    to: "subscribers",
    told: { kind: "incident_notice", facts: { ...SAMPLE_INCIDENT, visibility: "public" } },
  },
} satisfies Props;
