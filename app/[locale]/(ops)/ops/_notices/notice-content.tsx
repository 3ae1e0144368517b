import { getTranslations } from "next-intl/server";

import { ActionabilityChip } from "@/components/incidents/incident-status";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { MATTER_PARTS } from "@/db/vocabulary/incidents";
import { type OpsNotice } from "@/domain/incidents/find-notice";

import { Texts } from "./texts";

/** Every word of a notice, in both languages, part by part. */
export async function NoticeContent({ read: { notice, incident } }: { read: OpsNotice }) {
  const { parts } = notice;
  const t = await getTranslations("incidents.desk.composer");
  return (
    <>
      <Section title={t("what.heading")}>
        <Texts texts={parts.title} />
        <p className="mt-2">
          <ActionabilityChip value={parts.actionability} />
        </p>
      </Section>
      <Section title={t(incident ? "what.situation" : "what.text")}>
        <Texts texts={parts.situation} format={parts.format} />
      </Section>
      {parts.matter && <MatterParts parts={parts} />}
      {incident && <IncidentParts parts={parts} />}
    </>
  );
}

/** What is said of a transfer, of one abroad, of a disclosure or of the end of a service. */
async function MatterParts({
  parts: { matter, matterParts = {} },
}: Pick<OpsNotice["notice"], "parts">) {
  const t = await getTranslations("notices");
  if (!matter) return null;
  return (
    <Section title={t(`matter.${matter}`)}>
      {MATTER_PARTS[matter].map((part) => (
        <div key={part} className="mb-3">
          <h3 className="text-ui font-semibold">{t(`matterPart.${part}`)}</h3>
          <Texts texts={matterParts[part] ?? {}} />
        </div>
      ))}
    </Section>
  );
}

async function IncidentParts({ parts }: Pick<OpsNotice["notice"], "parts">) {
  const [t, states] = await Promise.all([
    getTranslations("incidents.desk.composer"),
    getTranslations("notices.measureState"),
  ]);
  return (
    <>
      <Section title={t("measures.title")}>
        <Rows
          none={t("none")}
          rows={parts.measures.map(({ state, at, text }) => (
            <>
              <p className="text-ink-muted">
                {states(state)} {at ? <Time at={at} /> : t("noTime")}
              </p>
              <Texts texts={text} format={parts.format} />
            </>
          ))}
        />
      </Section>
      <Section title={t("advice.developers")}>
        <Rows
          none={t("none")}
          rows={parts.adviceDevelopers.map((advice, index) => (
            <Texts key={index} texts={advice} format={parts.format} />
          ))}
        />
      </Section>
      <Section title={t("advice.endUsers")}>
        <Texts texts={parts.adviceEndUsers} format={parts.format} />
      </Section>
    </>
  );
}

function Rows({ rows, none }: { rows: readonly React.ReactNode[]; none: string }) {
  if (rows.length === 0) return <p className="text-ink-muted">{none}</p>;
  return (
    <ol>
      {rows.map((row, index) => (
        <li
          key={index}
          className="border-line grid grid-cols-[2em_minmax(0,1fr)] border-b py-2.5 first:border-t"
        >
          <span className="text-ink-muted tabular-nums">{index + 1}</span>
          <div>{row}</div>
        </li>
      ))}
    </ol>
  );
}
