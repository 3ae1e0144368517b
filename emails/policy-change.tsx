import { PLACEHOLDERS } from "@/lib/placeholders";
import { policyKind, policyTitle, type ToldPolicy } from "@/wording/policy-change";
import { translator } from "@/messages/translator";

import { PolicyLetter, type PolicyLetterProps } from "./_components/policy-letter";
import { SAMPLE_POLICY, SAMPLE_SENDER } from "./_components/samples";
import { subjectOf } from "./_components/subject";

/** Tells every member of every account concerned what changes, from when, and what to do (P39–P41). */
export default function PolicyChange(props: PolicyLetterProps) {
  const t = translator(props.locale, "emails");
  return (
    <PolicyLetter
      kind="policy_change"
      subject={policyChangeSubject(props)}
      why={t("policy.why", { accounts: PLACEHOLDERS.accounts })}
      mandatory={t(props.facts.isMajor ? "policy.mandatory" : "policy.optional")}
      letter={props}
    />
  );
}

export function policyChangeSubject({ facts, locale }: PolicyLetterProps): string {
  const told: ToldPolicy = { kind: "policy_change", facts };
  return subjectOf(locale, {
    kind: policyKind(told, locale),
    isMajor: facts.isMajor,
    title: policyTitle(told, locale),
  });
}

PolicyChange.PreviewProps = { ...SAMPLE_SENDER, facts: SAMPLE_POLICY } satisfies PolicyLetterProps;
