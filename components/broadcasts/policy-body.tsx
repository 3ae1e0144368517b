import { useLocale, useTranslations } from "next-intl";

import { ChangeWords, Runs } from "@/components/policies/change-words";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { type Address, withQuery } from "@/lib/addresses";
import { type ChangeLine, policyWords, type ToldPolicy } from "@/wording/policy-change";

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
            {notice.lists.lines.map((runs, index) => (
              <li key={index}>
                <Runs runs={runs} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Buttons>
        <ButtonLink href={actionOf(told, notice)} variant="primary">
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

/** The way to answer says what led there; a minor change leads to its text. */
const actionOf = ({ facts }: ToldPolicy, { action }: ReturnType<typeof policyWords>): Address =>
  facts.isMajor ? withQuery(action.href, { by: "message" }) : action.href;

type ChangesProps = { heading: string; changes: readonly ChangeLine[]; note: string | null };

/** The concrete changes, numbered, each in the reader's language or else in the binding one. */
function PolicyChanges({ heading, changes, note }: ChangesProps) {
  const locale = useLocale();
  return (
    <section className="border-t-ink border-t-2 pt-4 pb-6">
      <h2 className="text-h4">{heading}</h2>
      {note && <p className="text-small text-ink-muted mt-1">{note}</p>}
      <ol className="text-body mt-3">
        {changes.map(({ text, locale: language, clause }, index) => (
          <li key={index} className="grid grid-cols-[2em_minmax(0,1fr)] py-1.5">
            <span className="text-ink-muted tabular-nums">{index + 1}</span>
            <ChangeWords text={text} lang={language === locale ? undefined : language} />
            {clause && (
              <Link
                href={clause.href}
                className="text-small col-start-2 justify-self-start max-md:py-1"
              >
                {clause.label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
