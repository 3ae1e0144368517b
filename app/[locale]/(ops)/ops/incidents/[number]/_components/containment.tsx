import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { FoldedNoteForm } from "@/components/form/note-form";
import { MomentField } from "@/components/form/moment-field";
import { SubmitButton } from "@/components/form/submit-button";
import { StepStatus } from "@/components/incidents/incident-status";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { type Course } from "@/domain/incidents/read-course";
import { type OpsIncident } from "@/domain/incidents/find-incident";
import { isEnded } from "@/domain/incidents/rules";

import { beginAction, settleAction } from "../actions";

type Props = Pick<OpsIncident, "incident"> & Pick<Course, "plan"> & { manages: boolean; now: Date };
type Item = Course["plan"][number];

/** The contingency plan of the incident's kind: started when, each step by whom and when (P16). */
export async function Containment(props: Props) {
  const { incident, plan, manages, now } = props;
  const t = await getTranslations("incidents.desk.containment");
  const { containmentBegunAt: begunAt, containedAt } = incident;
  const done = plan.filter(({ settled }) => settled).length;
  const mayAct = manages && !isEnded(incident.status);
  // Of a false alarm nothing has to be contained: what was done of the plan stays, the rest is no work any more.
  const isOver = incident.status === "false_alarm";
  const shown = isOver ? plan.filter(({ settled }) => settled) : plan;
  return (
    <Section
      title={t("title")}
      note={isOver ? undefined : t("progress", { done, all: plan.length })}
      id="containment"
    >
      <p className="max-w-measure mb-3">
        {begunAt
          ? t.rich("begun", { at: () => <Time at={begunAt} form="table" /> })
          : t(isOver ? "notNeeded" : "notBegun")}
        {containedAt && (
          <> {t.rich("ended", { at: () => <Time at={containedAt} form="table" /> })}</>
        )}
      </p>
      {!begunAt && mayAct && <Begin incident={incident} now={now} />}
      {shown.length > 0 && (
        <ol aria-label={t("title")} className="border-line border-t">
          {shown.map((item) => (
            <li key={item.step} className="border-line border-b py-3">
              <Step {...{ incident, item }} mayAct={mayAct && begunAt !== null} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

async function Begin({ incident, now }: Pick<Props, "incident" | "now">) {
  const t = await getTranslations("incidents.desk.containment");
  return (
    <ActionForm action={beginAction} label={t("begin")} className="max-w-form mb-5">
      <input type="hidden" name="number" value={incident.number} />
      <input type="hidden" name="incidentId" value={incident.id} />
      <input type="hidden" name="revision" value={incident.revision} />
      <MomentField name="containmentBegunAt" label={t("beginAt")} required at={now} />
      <div className="mt-3">
        <SubmitButton variant="outline">{t("begin")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

type StepProps = Pick<Props, "incident"> & { item: Item; mayAct: boolean };

async function Step({ incident, item: { step, settled }, mayAct }: StepProps) {
  const t = await getTranslations("incidents.desk.containment");
  const name = t(`step.${step}`);
  const subject = { number: incident.number, incidentId: incident.id, step };
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <p className="font-semibold">{name}</p>
          <p className="text-small text-ink-muted">{t(`stepHint.${step}`)}</p>
        </div>
        <div className="text-small">
          <StepStatus state={settled?.state ?? "open"} />{" "}
          {settled && (
            <>
              {settled.by} <Time at={settled.at} form="table" />
            </>
          )}
        </div>
      </div>
      {settled?.reason && <p className="text-small mt-1 wrap-anywhere">{settled.reason}</p>}
      {mayAct && (
        <div className="mt-2 flex flex-wrap items-start gap-x-4 gap-y-2">
          {settled ? (
            <Act act="takeBack" name={name} values={{ ...subject, state: "open" }} />
          ) : (
            <>
              <Act act="done" name={name} values={{ ...subject, state: "done" }} />
              <FoldedNoteForm
                action={settleAction}
                label={t("named.setAside", { step: name })}
                open={t("setAside")}
                subject={{ ...subject, state: "set_aside" }}
                note={{ name: "reason", label: t("reason"), rows: 2, maxLength: 1000 }}
                submit={t("setAside")}
              />
            </>
          )}
        </div>
      )}
    </>
  );
}

type ActProps = { act: "done" | "takeBack"; name: string; values: Record<string, string> };

/** Ticks a step off, or takes that back. */
async function Act({ act, name, values }: ActProps) {
  const t = await getTranslations("incidents.desk.containment");
  return (
    <ActionForm action={settleAction} label={t(`named.${act}`, { step: name })}>
      <Hidden values={values} />
      <SubmitButton variant="outline" size="sm">
        {t(act)}
        <span className="sr-only"> {name}</span>
      </SubmitButton>
    </ActionForm>
  );
}

const Hidden = ({ values }: { values: Record<string, string> }) =>
  Object.entries(values).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
