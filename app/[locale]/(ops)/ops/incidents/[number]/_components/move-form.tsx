import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { RadiosField } from "@/components/form/fields";
import { MomentField } from "@/components/form/moment-field";
import { SubmitButton } from "@/components/form/submit-button";
import { type OpsIncident } from "@/domain/incidents/find-incident";

import { moveAction } from "../actions";

type Props = Pick<OpsIncident, "incident" | "moves"> & { now: Date };

/** Moves the incident on, with the moment it happened. */
export async function MoveForm({ incident, moves, now }: Props) {
  const [t, status] = await Promise.all([
    getTranslations("incidents.desk.move"),
    getTranslations("notices.status"),
  ]);
  const [only] = moves.length === 1 ? moves : [];
  return (
    <ActionForm action={moveAction} label={t("label")} className="max-w-form">
      <input type="hidden" name="number" value={incident.number} />
      <input type="hidden" name="incidentId" value={incident.id} />
      <input type="hidden" name="revision" value={incident.revision} />
      <RadiosField
        key={incident.revision}
        name="to"
        label={t("to")}
        required
        defaultValue={only}
        options={moves.map((value) => ({ value, label: status(value), hint: t(`hint.${value}`) }))}
      />
      <MomentField name="at" label={t("at")} hint={t("atHint")} required at={now} />
      {!incident.containmentBegunAt && moves.includes("contained") && (
        <MomentField name="begunAt" label={t("begunAt")} hint={t("begunHint")} at={null} />
      )}
      {!incident.containedAt && moves.includes("resolved") && (
        <MomentField
          name="containedAt"
          label={t("containedAt")}
          hint={t("containedHint")}
          at={null}
        />
      )}
      <div className="mt-4">
        <SubmitButton variant="outline">{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
