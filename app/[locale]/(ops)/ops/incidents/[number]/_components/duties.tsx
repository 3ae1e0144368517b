import { getLocale, getTranslations } from "next-intl/server";

import { FoldedNoteForm } from "@/components/form/note-form";
import { DutyStatus } from "@/components/incidents/incident-status";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { may } from "@/domain/access/permissions";
import { type Person } from "@/domain/context";
import { FOLLOW_UPS } from "@/domain/incidents/duty-rules";
import { type OpsIncident } from "@/domain/incidents/find-incident";
import { type ReadDuty } from "@/domain/incidents/read-duties";
import { reportName } from "@/domain/incidents/reports";
import { type Course } from "@/domain/incidents/read-course";
import { at } from "@/lib/addresses";

import { proposeWaiverAction } from "../actions";

type Props = Pick<OpsIncident, "incident" | "clock"> &
  Pick<Course, "proposals"> & { actor: Person; duties: readonly ReadDuty[] };

/** Every limit that runs for the incident, each with its rule: those affected first, then authorities (P17). */
export async function Duties({ actor, incident, clock, duties, proposals }: Props) {
  // Nobody has to hear of what is only rehearsed.
  if (incident.isRehearsal) return null;
  const [t, locale] = await Promise.all([getTranslations("incidents.desk.duties"), getLocale()]);
  return (
    <Section title={t("title")} note={t("note")} id="duties">
      <ul aria-label={t("title")} className="border-line border-t">
        <Row
          name={t("first.name")}
          whom={t("first.whom")}
          source={t("first.source")}
          state={clock.state}
          dueAt={clock.dueAt}
          doneAt={clock.toldAt}
        />
        {duties.map((one) => (
          <Row
            key={one.duty}
            name={t(`duty.${one.duty}`)}
            whom={one.duty === "gdpr" ? t("gdpr") : t(`cac.${incident.operator}`)}
            source={one.source[locale]}
            state={one.state}
            dueAt={one.dueAt}
            doneAt={one.handedInAt}
          >
            <Acts {...{ actor, incident, proposals, one }} />
            <FollowUps {...{ actor, incident, one }} />
          </Row>
        ))}
      </ul>
    </Section>
  );
}

type ActsProps = Pick<Props, "actor" | "incident" | "proposals"> & { one: ReadDuty };

/** What was done about a duty, and what may be. */
async function Acts({ actor, incident, proposals, one }: ActsProps) {
  const t = await getTranslations("incidents.desk.duties");
  const { duty, handedInAt, waivedAt, loggerName, reference } = one;
  const name = t(`duty.${duty}`);
  const writes = !handedInAt && may(actor, "incident.manage");
  return (
    <>
      {handedInAt && (
        <p className="text-small wrap-anywhere">
          {t("handedIn", { name: loggerName ?? "", reference: reference ?? "" })}
        </p>
      )}
      {waivedAt && <Waived proposals={proposals} duty={duty} />}
      <div className="mt-2 flex flex-wrap items-start gap-x-4 gap-y-2">
        <ButtonLink size="sm" href={at("/ops/incidents/*/reports/*", incident.number, duty)}>
          {t(writes ? "write" : "see")}
          <span className="sr-only"> {name}</span>
        </ButtonLink>
        {mayWaive({ actor, proposals, one }) && (
          <FoldedNoteForm
            action={proposeWaiverAction}
            label={t("waiveNamed", { duty: name })}
            open={t("waive")}
            subject={{ number: incident.number, incidentId: incident.id, duty }}
            note={{ name: "reason", label: t("waiveReason"), rows: 2, maxLength: 2000 }}
            submit={t("waive")}
          />
        )}
      </div>
    </>
  );
}

/** What was reported further, and what may be; by which rule stands beside it, for no clock runs. */
async function FollowUps({ actor, incident, one }: Omit<ActsProps, "proposals">) {
  const [t, locale] = await Promise.all([getTranslations("incidents.desk.duties"), getLocale()]);
  const { duty, followUps, nextFollowUp } = one;
  const source = FOLLOW_UPS[duty]?.[locale];
  const mayWrite = may(actor, "incident.manage");
  if (!source || (followUps.length === 0 && nextFollowUp === null)) return null;
  const name = t(`duty.${duty}`);
  const place = (sequence: number) =>
    at("/ops/incidents/*/reports/*", incident.number, reportName({ duty, sequence }));
  return (
    <div className="border-line mt-3 border-l-2 pl-3">
      <p className="text-small font-semibold">{t("followUp.name")}</p>
      <p className="text-small text-ink-muted">{source}</p>
      <ul aria-label={t("followUp.of", { duty: name })}>
        {followUps.map(({ sequence, handedInAt, loggerName, reference }) => (
          <li key={sequence} className="mt-2 flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <p className="text-small min-w-0 flex-1 basis-60 wrap-anywhere">
              {t("followUp.nth", { sequence })}
              {" · "}
              {handedInAt ? (
                <>
                  <Time at={handedInAt} form="table" />
                  {" · "}
                  {t("handedIn", { name: loggerName ?? "", reference: reference ?? "" })}
                </>
              ) : (
                t("followUp.open")
              )}
            </p>
            <ButtonLink size="sm" href={place(sequence)}>
              {t(mayWrite && !handedInAt ? "followUp.goOn" : "see")}
              <span className="sr-only"> {t("followUp.title", { duty: name, sequence })}</span>
            </ButtonLink>
          </li>
        ))}
      </ul>
      {mayWrite && nextFollowUp !== null && (
        <div className="mt-2">
          <ButtonLink size="sm" href={place(nextFollowUp)}>
            {t("followUp.write")}
            <span className="sr-only"> {name}</span>
          </ButtonLink>
        </div>
      )}
    </div>
  );
}

/** One proposal waits at a time; what was handed in was due. */
const mayWaive = ({ actor, proposals, one }: Omit<ActsProps, "incident">): boolean =>
  may(actor, "incident.propose") &&
  !one.handedInAt &&
  !one.waivedAt &&
  proposals.every(({ decision }) => decision !== null);

type RowProps = {
  name: string;
  whom: string;
  source: string;
  state: ReadDuty["state"];
  dueAt: Date;
  doneAt: Date | null;
  children?: React.ReactNode;
};

async function Row({ name, whom, source, state, dueAt, doneAt, children }: RowProps) {
  const t = await getTranslations("incidents.desk.duties");
  return (
    <li className="border-line border-b py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-1">
        <div className="min-w-0 flex-1 basis-60">
          <p className="font-semibold">{name}</p>
          <p className="text-small">{whom}</p>
          <p className="text-small text-ink-muted">{source}</p>
        </div>
        <div className="text-small">
          <DutyStatus state={state} />
          <p className="mt-1">{t.rich("due", { at: () => <Time at={dueAt} form="table" /> })}</p>
          {doneAt && <p>{t.rich("done", { at: () => <Time at={doneAt} form="table" /> })}</p>}
        </div>
      </div>
      {children}
    </li>
  );
}

/** By whose word it does not apply, and why. */
async function Waived({ proposals, duty }: Pick<Props, "proposals"> & { duty: ReadDuty["duty"] }) {
  const t = await getTranslations("incidents.desk.duties");
  const agreed = proposals.find((one) => one.duty === duty && one.decision === "approved");
  if (!agreed) return null;
  return (
    <p className="text-small wrap-anywhere whitespace-pre-line">
      {t("waived", {
        proposer: agreed.proposerName,
        decider: agreed.deciderName ?? "",
        reason: agreed.reason,
      })}
    </p>
  );
}
