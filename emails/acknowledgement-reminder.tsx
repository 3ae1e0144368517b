import { PLACEHOLDERS } from "@/lib/placeholders";
import { policyKind, policyTitle, type ToldPolicy } from "@/wording/policy-change";
import { translator } from "@/messages/translator";

import { PolicyLetter, type PolicyLetterProps } from "./_components/policy-letter";
import { SAMPLE_POLICY, SAMPLE_SENDER } from "./_components/samples";
import { subjectOf } from "./_components/subject";

/** Reminds those who may answer for an account that has not answered a major change. */
export default function AcknowledgementReminder(props: PolicyLetterProps) {
  const t = translator(props.locale, "emails");
  return (
    <PolicyLetter
      kind="acknowledgement_reminder"
      subject={reminderSubject(props)}
      why={t("reminder.why", { accounts: PLACEHOLDERS.accounts })}
      mandatory={t("reminder.mandatory")}
      letter={props}
    />
  );
}

export function reminderSubject({ facts, locale }: PolicyLetterProps): string {
  const told: ToldPolicy = { kind: "acknowledgement_reminder", facts };
  return subjectOf(locale, {
    kind: policyKind(told, locale),
    isMajor: facts.isMajor,
    title: policyTitle(told, locale),
  });
}

AcknowledgementReminder.PreviewProps = {
  ...SAMPLE_SENDER,
  facts: SAMPLE_POLICY,
} satisfies PolicyLetterProps;
