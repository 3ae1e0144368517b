import { useLocale, useTranslations } from "next-intl";

import { Time } from "@/components/ui/time";
import { MEASURE_STATES } from "@/db/vocabulary/incidents";
import type { IncidentNoticeFacts } from "@/domain/broadcasts/facts";
import { saidIn } from "@/wording/incident-notice";

import { Said } from "../broadcasts/incident-body";
import { ForwardText } from "./forward-text";

type Parts = IncidentNoticeFacts["parts"];
type Props = {
  parts: Parts;
  /** How deep the headings stand: on top of the page, or in one of its notices. */
  level?: "h2" | "h3";
  /** The advice to developers stands above, to be ticked off, app by app. */
  isAdviceAbove?: boolean;
  /** Of a rehearsal nothing is offered to be passed on. */
  rehearsal?: true | undefined;
};

/** What every notice must say, in the order of the guide (P20–P22). */
export function IncidentParts({ parts, level = "h2", isAdviceAbove = false, rehearsal }: Props) {
  const t = useTranslations("notices.told");
  const locale = useLocale();
  return (
    <>
      <Part title={t("situation")} level={level}>
        <Said text={saidIn(parts.situation, locale, parts)} />
      </Part>
      <Part title={t("measures")} level={level}>
        <Measures parts={parts} />
      </Part>
      {!isAdviceAbove && (
        <Part title={t("adviceDevelopers")} level={level}>
          <ol>
            {parts.adviceDevelopers.map((advice, index) => (
              <li key={index} className="grid grid-cols-[2em_minmax(0,1fr)] py-1">
                <span className="text-ink-muted tabular-nums">{index + 1}</span>
                <Said text={saidIn(advice, locale, parts)} />
              </li>
            ))}
          </ol>
        </Part>
      )}
      <Part title={t("adviceEndUsers")} level={level}>
        {rehearsal ? (
          <Said text={saidIn(parts.adviceEndUsers, locale, parts)} />
        ) : (
          <ForwardText parts={parts} />
        )}
      </Part>
    </>
  );
}

type PartProps = { title: string; level: "h2" | "h3"; children: React.ReactNode };

function Part({ title, level: Heading, children }: PartProps) {
  const look = Heading === "h2" ? "text-h4 mb-2" : "text-ui mb-1 text-ink-muted";
  return (
    <section className={Heading === "h2" ? "mt-8 first:mt-0" : "mt-5 first:mt-0"}>
      <Heading className={look}>{title}</Heading>
      {children}
    </section>
  );
}

/** What was done and what will be, each with its time (P21). */
export function Measures({
  parts: { measures, format },
}: {
  parts: Pick<Parts, "measures" | "format">;
}) {
  const t = useTranslations("incidents.page");
  const told = useTranslations("notices.told");
  const locale = useLocale();
  return MEASURE_STATES.map((state) => {
    const found = measures.filter((measure) => measure.state === state);
    return (
      <div key={state} className="mt-3 first:mt-0">
        <p className="text-small text-ink-muted">{t(`measures.${state}`)}</p>
        {found.length === 0 ? (
          <p className="text-ink-muted py-1.5">{t(`noMeasures.${state}`)}</p>
        ) : (
          <ul>
            {found.map(({ at, text }, index) => (
              <li
                key={index}
                className="border-line grid gap-x-5 border-b py-2 sm:grid-cols-[9.5em_minmax(0,1fr)]"
              >
                <span className="text-small text-ink-muted sm:pt-0.5">
                  {at ? <Time at={at} form="table" /> : told("measureWithoutTime")}
                </span>
                <Said text={saidIn(text, locale, { format })} />
              </li>
            ))}
          </ul>
        )}
      </div>
    );
  });
}
