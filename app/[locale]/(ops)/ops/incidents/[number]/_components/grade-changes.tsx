import { getTranslations } from "next-intl/server";

import { GRADE_TONES } from "@/components/incidents/incident-status";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import { may } from "@/domain/access/permissions";
import { type Person } from "@/domain/context";
import { type OpsIncident } from "@/domain/incidents/find-incident";
import { formatTableDateTime } from "@/lib/format";
import { ProposalDecision } from "@/app/[locale]/(ops)/ops/_reviews/decision";

import { decideGradeAction } from "../actions";

type Entry = OpsIncident["gradeChanges"][number];
type Props = Pick<OpsIncident, "gradeChanges"> & { actor: Person };

/** The changes of severity or discovery: who, when, why, by whose word; and the one that waits. */
export async function GradeChanges({ actor, gradeChanges }: Props) {
  if (gradeChanges.length === 0) return null;
  const t = await getTranslations("incidents.desk.grade");
  const waiting = gradeChanges.find((entry) => stateOf(entry) === "waits");
  return (
    <Section title={t("title")} note={t("note")}>
      <Timeline
        label={t("title")}
        events={await Promise.all(
          gradeChanges.map(async (entry) => ({
            key: entry.change.id,
            tone: GRADE_TONES[stateOf(entry)],
            title: await whatOf(entry),
            note: (
              <>
                {t("proposed", { name: entry.proposerName })}{" "}
                <Time at={entry.change.proposedAt} form="table" />
              </>
            ),
            children: <Outcome {...entry} />,
          })),
        )}
      />
      {waiting && (
        <ProposalDecision
          isOwn={waiting.change.proposedBy === actor.id}
          isReviewer={may(actor, "notice.review")}
          action={decideGradeAction}
          hidden={{ incidentId: waiting.change.incidentId, changeId: waiting.change.id }}
        />
      )}
    </Section>
  );
}

function stateOf({ change, deciderName }: Entry): keyof typeof GRADE_TONES {
  if (change.appliedAt) return deciderName ? "agreed" : "alone";
  return change.decidedAt ? "refused" : "waits";
}

/** "特别重大 → 一般；发现时间 …". */
async function whatOf({ change }: Entry): Promise<string> {
  const [t, severity] = await Promise.all([
    getTranslations("incidents.desk.grade"),
    getTranslations("notices.severity"),
  ]);
  const { severityBefore, severityAfter, discoveredBefore, discoveredAfter } = change;
  const parts = [];
  if (severityBefore !== severityAfter)
    parts.push(t("severity", { before: severity(severityBefore), after: severity(severityAfter) }));
  if (discoveredBefore.getTime() !== discoveredAfter.getTime())
    parts.push(
      t("discovered", {
        before: formatTableDateTime(discoveredBefore),
        after: formatTableDateTime(discoveredAfter),
      }),
    );
  return parts.join(t("separator"));
}

async function Outcome(entry: Entry) {
  const t = await getTranslations("incidents.desk.grade");
  const { change, deciderName } = entry;
  return (
    <div className="text-small wrap-anywhere">
      <p>{t("reason", { reason: change.reason })}</p>
      <p>
        {t(`state.${stateOf(entry)}`, { name: deciderName ?? "" })}
        {change.decidedAt && (
          <>
            {" "}
            <Time at={change.decidedAt} form="table" />
          </>
        )}
      </p>
      {change.decisionReason && <p>{t("refusal", { reason: change.decisionReason })}</p>}
    </div>
  );
}
