import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { RadiosField, TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { GRADE_TONES } from "@/components/incidents/incident-status";
import { Banner } from "@/components/ui/banner";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import { REVIEW_DECISIONS } from "@/db/vocabulary/reviews";
import { may } from "@/domain/access/permissions";
import { type Person } from "@/domain/context";
import { type OpsIncident } from "@/domain/incidents/find-incident";
import { formatTableDateTime } from "@/lib/format";

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
      {waiting && <Decide actor={actor} {...waiting} />}
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

async function Decide({ actor, change }: Entry & { actor: Person }) {
  const t = await getTranslations("incidents.desk.grade");
  if (!may(actor, "notice.review") || change.proposedBy === actor.id)
    return (
      <div className="mt-4">
        <Banner tone="plain">
          {t(change.proposedBy === actor.id ? "ownChange" : "waitsForSecond")}
        </Banner>
      </div>
    );
  return (
    <ActionForm action={decideGradeAction} label={t("decide")} className="mt-4">
      <input type="hidden" name="incidentId" value={change.incidentId} />
      <input type="hidden" name="changeId" value={change.id} />
      <RadiosField
        name="decision"
        label={t("decide")}
        required
        options={REVIEW_DECISIONS.map((value) => ({ value, label: t(`decision.${value}`) }))}
      />
      <TextareaField
        name="reason"
        label={t("refusalReason")}
        hint={t("refusalHint")}
        rows={2}
        maxLength={1000}
      />
      <div className="mt-4">
        <SubmitButton>{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
