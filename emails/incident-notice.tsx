import { Text } from "react-email";

import type { IncidentNoticeFacts } from "@/domain/broadcasts/facts";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { incidentKind, incidentTitle, incidentWords, markedIn } from "@/wording/incident-notice";
import { translator } from "@/messages/translator";

import { ActionPart } from "./_components/button";
import { NumberedPart } from "./_components/change-list";
import { NoticeWords } from "./_components/change-words";
import { FactRows } from "./_components/facts";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { SAMPLE_INCIDENT, SAMPLE_SENDER } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { StatementBox } from "./_components/statement";
import { CAPTION } from "./_components/style";
import { subjectOf } from "./_components/subject";
import { Body, Paragraph, PartHeading } from "./_components/text";

type Props = Sender & { facts: IncidentNoticeFacts };

/** A notice of an incident with all its required parts (P18, P20–P22) and the reader's own apps. */
export default function IncidentNotice({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "emails");
  const words = translator(locale, "notices");
  const notice = incidentWords(facts, locale);
  const hash = t("incident.hash", { hash: facts.contentHash });
  const act = (
    <ActionPart href={addressOf(sender, notice.action.href)}>{notice.action.label}</ActionPart>
  );
  const ask = (
    <Paragraph>
      <strong>{notice.ask}</strong>
    </Paragraph>
  );
  return (
    <Layout
      sender={sender}
      subject={incidentNoticeSubject({ facts, ...sender })}
      preview={facts.rehearsal ? notice.ask : notice.situation.text}
      kicker={
        notice.isUrgent ? (
          <Kicker mark={notice.actionability}>{notice.kind}</Kicker>
        ) : (
          <Kicker>{`${notice.kind} · ${notice.actionability}`}</Kicker>
        )
      }
      title={notice.title.text}
      written={[
        ...[notice.situation, notice.adviceEndUsers],
        ...[...notice.measures, ...notice.adviceDevelopers],
      ]}
      footer={[
        t("incident.why", { accounts: PLACEHOLDERS.accounts }),
        t(facts.rehearsal ? "incident.rehearsal" : "incident.mandatory"),
        hash,
      ]}
    >
      {/* Of a rehearsal that comes before all else, the greeting too. */}
      {facts.rehearsal && ask}
      <Paragraph>{t("hello", { name: PLACEHOLDERS.name })}</Paragraph>
      {!facts.rehearsal && ask}
      {notice.corrects && <Paragraph>{notice.corrects}</Paragraph>}
      <FactRows facts={[{ term: words("told.apps"), value: PLACEHOLDERS.apps, isStrong: true }]} />
      {notice.isUrgent && act}
      <PartHeading>{words("told.situation")}</PartHeading>
      <Body>
        <NoticeWords text={notice.situation} own={locale} />
      </Body>
      <NumberedPart heading={words("told.measures")} locale={locale} items={notice.measures} />
      <NumberedPart
        heading={words("told.adviceDevelopers")}
        locale={locale}
        items={notice.adviceDevelopers}
      />
      <PartHeading>{words("told.adviceEndUsers")}</PartHeading>
      <StatementBox lang={notice.adviceEndUsers.locale}>
        <NoticeWords text={notice.adviceEndUsers} own={notice.adviceEndUsers.locale} />
      </StatementBox>
      {!facts.rehearsal && (
        <Text style={{ ...CAPTION, margin: "8px 0 0" }}>{words("told.adviceEndUsersNote")}</Text>
      )}
      <PartHeading>{words("told.facts")}</PartHeading>
      <FactRows facts={notice.facts.map(({ term, value }) => ({ term, value }))} />
      {notice.bindingNote && (
        <Text style={{ ...CAPTION, margin: "12px 0 0" }}>{notice.bindingNote}</Text>
      )}
      {act}
    </Layout>
  );
}

/** Of a rehearsal its mark comes once, before what a real one begins with. */
export function incidentNoticeSubject({ facts: { rehearsal, ...facts }, locale }: Props): string {
  const subject = subjectOf(locale, {
    ...{ kind: incidentKind(facts, locale), title: incidentTitle(facts, locale) },
  });
  return markedIn({ rehearsal }, subject, locale);
}

IncidentNotice.PreviewProps = { ...SAMPLE_SENDER, facts: SAMPLE_INCIDENT } satisfies Props;
