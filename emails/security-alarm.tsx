import type { SecurityAlarmFacts } from "@/domain/broadcasts/facts";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { translator } from "@/messages/translator";
import {
  isAboutRunning,
  securityAlarmKind,
  securityAlarmTitle,
  securityAlarmWords,
} from "@/wording/security-alarm";

import { ActionPart } from "./_components/button";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { SAMPLE_ALARM, SAMPLE_SENDER } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { subjectOf } from "./_components/subject";
import { Paragraph } from "./_components/text";

type Props = Sender & { facts: SecurityAlarmFacts };

/** To administrators, and to the owner of an address whose codes are guessed. It names nobody. */
export default function SecurityAlarm({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "security");
  const alarm = securityAlarmWords(facts, locale);
  return (
    <Layout
      sender={sender}
      subject={securityAlarmSubject({ facts, ...sender })}
      preview={alarm.lead}
      kicker={<Kicker>{securityAlarmKind(facts, locale)}</Kicker>}
      title={alarm.title}
      footer={[
        t(whyOf(facts)),
        t(isAboutRunning(facts) ? "alarm.mandatoryRunning" : "alarm.mandatory"),
      ]}
    >
      <Paragraph>{translator(locale, "emails")("hello", { name: PLACEHOLDERS.name })}</Paragraph>
      <Paragraph>{alarm.lead}</Paragraph>
      <Paragraph>{alarm.next}</Paragraph>
      <ActionPart href={addressOf(sender, alarm.action.href)}>{alarm.action.label}</ActionPart>
    </Layout>
  );
}

function whyOf({ pattern }: SecurityAlarmFacts) {
  if (pattern === "rehearsal_overdue") return "alarm.rehearsalWhy";
  return pattern === "own_address_guessed" ? "alarm.ownWhy" : "alarm.why";
}

export const securityAlarmSubject = ({ facts, locale }: Props): string =>
  subjectOf(locale, {
    kind: securityAlarmKind(facts, locale),
    title: securityAlarmTitle(facts, locale),
  });

SecurityAlarm.PreviewProps = { ...SAMPLE_SENDER, facts: SAMPLE_ALARM } satisfies Props;
