import { useLocale, useTranslations } from "next-intl";

import { ButtonLink, Buttons } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { policyWords, type ToldPolicy } from "@/wording/policy-change";

import { PolicyChanges } from "./policy-changes";
import { BroadcastFacts } from "./broadcast-facts";

/** A version that changes: what, from when, why it matters, what to do and by when (P39–P41). */
export function PolicyBody({ told }: { told: ToldPolicy }) {
  const t = useTranslations("broadcasts");
  const notice = policyWords(told, useLocale());
  return (
    <div className="max-w-measure">
      <p className="text-body">{notice.lead}</p>
      <p className="text-body mt-2 font-semibold">{notice.ask}</p>
      <div className="mt-4 mb-6">
        <BroadcastFacts facts={notice.facts} />
      </div>
      <PolicyChanges
        heading={notice.changesHeading}
        changes={notice.changes}
        note={notice.bindingNote}
      />
      {notice.lists && (
        <Section title={notice.lists.heading}>
          <ul className="text-ui mb-6 list-disc pl-5 wrap-anywhere">
            {notice.lists.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Section>
      )}
      <Buttons>
        <ButtonLink href={notice.action.href} variant="primary">
          {notice.action.label}
        </ButtonLink>
        {notice.links.map(({ href, label }) => (
          <ButtonLink key={href} href={href}>
            {label}
          </ButtonLink>
        ))}
      </Buttons>
      {notice.reasons.length > 0 && (
        <Section title={t("reasons.heading")}>
          <ul className="text-ui list-disc pl-5">
            {notice.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t("steps.heading")}>
        <dl className="text-ui border-line border-b">
          {notice.steps.map(({ who, what }) => (
            <div
              key={who}
              className="border-line grid gap-x-5 border-t py-2.5 sm:grid-cols-[8em_minmax(0,1fr)]"
            >
              <dt className="text-ink-muted font-normal">{who}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        {notice.silence && <p className="text-small text-ink-muted mt-2">{notice.silence}</p>}
      </Section>
    </div>
  );
}
