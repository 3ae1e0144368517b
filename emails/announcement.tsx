import type { AnnouncementFacts } from "@/domain/broadcasts/facts";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { announcementKind, announcementText, announcementTitle } from "@/wording/incident-notice";
import { translator } from "@/messages/translator";

import { ActionPart } from "./_components/button";
import { NoticeWords } from "./_components/change-words";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { ChooseMails } from "./_components/optional";
import { SAMPLE_ANNOUNCEMENT, SAMPLE_SENDER } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { subjectOf } from "./_components/subject";
import { Body, Paragraph } from "./_components/text";

type Props = Sender & { facts: AnnouncementFacts };

/** An announcement, for those who want such mails. */
export default function Announcement({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "emails");
  const words = translator(locale, "notices");
  const body = announcementText(facts, locale);
  const [kind, act] = [
    announcementKind(facts, locale),
    words(`actionability.${facts.actionability}`),
  ];
  return (
    <Layout
      sender={sender}
      subject={announcementSubject({ facts, ...sender })}
      preview={body.text}
      kicker={
        facts.actionability === "required" ? (
          <Kicker mark={act}>{kind}</Kicker>
        ) : (
          <Kicker>{`${kind} · ${act}`}</Kicker>
        )
      }
      title={announcementTitle(facts, locale)}
      written={[body]}
      footer={[
        t("announcement.why", { accounts: PLACEHOLDERS.accounts }),
        t("announcement.optional"),
        t("incident.hash", { hash: facts.contentHash }),
      ]}
    >
      <Paragraph>{t("hello", { name: PLACEHOLDERS.name })}</Paragraph>
      <Body>
        <NoticeWords text={body} own={locale} />
      </Body>
      <ActionPart href={addressOf(sender, "/announcements")}>
        {words("told.allAnnouncements")}
      </ActionPart>
      <ChooseMails sender={sender} />
    </Layout>
  );
}

export const announcementSubject = ({ facts, locale }: Props): string =>
  subjectOf(locale, {
    kind: announcementKind(facts, locale),
    title: announcementTitle(facts, locale),
  });

Announcement.PreviewProps = { ...SAMPLE_SENDER, facts: SAMPLE_ANNOUNCEMENT } satisfies Props;
