import { useTranslations } from "next-intl";

import { BilingualField } from "@/components/form/bilingual-field";
import {
  CheckboxField,
  RadiosField,
  SelectField,
  TextareaField,
  TextField,
} from "@/components/form/fields";
import { MomentField } from "@/components/form/moment-field";
import { Section } from "@/components/ui/section";
import { OPERATORS } from "@/db/vocabulary/duties";
import {
  INCIDENT_KINDS,
  type IncidentStatus,
  SEVERITIES,
  VISIBILITIES,
} from "@/db/vocabulary/incidents";
import { type OpsIncident } from "@/domain/incidents/find-incident";
import { FIRST_NOTICE_HOURS } from "@/domain/incidents/rules";

type Incident = OpsIncident["incident"];

type Props = {
  /** Chosen once, when the incident is opened. */
  products?: readonly { id: string; name: string }[];
  owners: readonly { id: string; name: string }[];
  /** The incident that is edited, or what a new one begins with. */
  incident: Partial<Incident> & Pick<Incident, "ownerId">;
};

export function IncidentFields(props: Props) {
  return (
    <div className="max-w-pair">
      <WhatFields {...props} />
      <WhenFields incident={props.incident} />
      {props.incident.severity && <GradeReason />}
      <AboutFields {...props} />
      {props.incident.isRehearsal ? (
        <input type="hidden" name="visibility" value="affected" />
      ) : (
        <WhoFields incident={props.incident} />
      )}
    </div>
  );
}

function WhatFields({ products, incident }: Props) {
  const t = useTranslations("incidents.desk.incidentForm");
  const words = useTranslations("notices");
  return (
    <Section title={t("what")}>
      {products && (
        <SelectField
          name="productId"
          label={t("product")}
          required
          options={products.map(({ id, name }) => ({ value: id, label: name }))}
          fieldClassName="max-w-88"
        />
      )}
      <BilingualField
        name="title"
        label={t("title")}
        required
        maxLength={120}
        values={incident.title ?? {}}
      />
      <div className="mt-5 grid gap-x-4 gap-y-5 sm:grid-cols-2">
        <div>
          <SelectField
            name="kind"
            label={t("kind")}
            required
            defaultValue={incident.kind ?? ""}
            options={[
              ...(incident.kind ? [] : [{ value: "", label: t("choose") }]),
              ...INCIDENT_KINDS.map((value) => ({ value, label: words(`kind.${value}`) })),
            ]}
          />
        </div>
      </div>
      <RadiosField
        name="severity"
        label={t("severity")}
        hint={t("severityHint")}
        required
        defaultValue={incident.severity}
        options={SEVERITIES.map((value) => ({
          value,
          label: words(`severity.${value}`),
          hint: t("firstNoticeWithin", { hours: FIRST_NOTICE_HOURS[value] }),
        }))}
      />
      {!incident.isRehearsal && <DutyFields incident={incident} />}
    </Section>
  );
}

/** What the rules of reporting ask; of a rehearsal nobody has to hear. */
function DutyFields({ incident }: Pick<Props, "incident">) {
  const t = useTranslations("incidents.desk.incidentForm");
  return (
    <>
      <RadiosField
        name="operator"
        label={t("operator")}
        hint={t("operatorHint")}
        required
        defaultValue={incident.operator ?? "other"}
        options={OPERATORS.map((value) => ({ value, label: t(`operators.${value}`) }))}
      />
      <CheckboxField
        name="concernsEea"
        label={t("concernsEea")}
        hint={t("concernsEeaHint")}
        defaultChecked={incident.concernsEea ?? false}
      />
    </>
  );
}

/** The dates a status asks for: an incident that is contained was contained at some time. */
const ASKS: Record<"containedAt" | "resolvedAt", readonly IncidentStatus[]> = {
  containedAt: ["contained"],
  resolvedAt: ["resolved", "closed"],
};

function WhenFields({ incident }: Pick<Props, "incident">) {
  const t = useTranslations("incidents.desk.incidentForm");
  const asks = (field: keyof typeof ASKS) =>
    incident.status !== undefined && ASKS[field].includes(incident.status);
  return (
    <Section title={t("when")} note={t("whenNote")}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-5 sm:grid-cols-2">
        <div>
          <MomentField
            name="occurredAt"
            label={t("occurredAt")}
            hint={t("unknownHint")}
            at={incident.occurredAt ?? null}
          />
        </div>
        <div>
          <MomentField
            name="discoveredAt"
            label={t("discoveredAt")}
            hint={t("discoveredHint")}
            required
            at={incident.discoveredAt ?? null}
          />
        </div>
        <div>
          <MomentField
            name="containmentBegunAt"
            label={t("containmentBegunAt")}
            hint={t("containmentBegunHint")}
            required={asks("containedAt")}
            at={incident.containmentBegunAt ?? null}
          />
        </div>
        <div>
          <MomentField
            name="containedAt"
            label={t("containedAt")}
            required={asks("containedAt")}
            at={incident.containedAt ?? null}
          />
        </div>
        <div>
          <MomentField
            name="resolvedAt"
            label={t("resolvedAt")}
            required={asks("resolvedAt")}
            at={incident.resolvedAt ?? null}
          />
        </div>
      </div>
    </Section>
  );
}

/** An edit may change what the limit counts from: then the reason is asked for. */
function GradeReason() {
  const t = useTranslations("incidents.desk.incidentForm");
  return (
    <Section title={t("grade")}>
      <TextareaField
        name="gradeReason"
        label={t("gradeReason")}
        hint={t("gradeReasonHint")}
        rows={2}
        maxLength={1000}
      />
    </Section>
  );
}

function AboutFields({ incident, owners }: Props) {
  const t = useTranslations("incidents.desk.incidentForm");
  return (
    <Section title={t("about")} note={t("aboutNote")}>
      <BilingualField
        name="dataKinds"
        label={t("dataKinds")}
        hint={t("dataKindsHint")}
        rows={3}
        maxLength={1000}
        values={incident.dataKinds ?? {}}
      />
      <BilingualField
        name="cause"
        label={t("cause")}
        hint={t("causeHint")}
        rows={3}
        maxLength={2000}
        values={incident.cause ?? {}}
      />
      <div className="mt-5 grid gap-x-4 gap-y-5 sm:grid-cols-2">
        <div>
          <TextField
            name="contact"
            label={t("contact")}
            hint={t("contactHint")}
            required
            maxLength={200}
            defaultValue={incident.contact ?? ""}
            autoComplete="off"
          />
        </div>
        <div>
          <SelectField
            name="ownerId"
            label={t("owner")}
            hint={t("ownerHint")}
            required
            defaultValue={incident.ownerId}
            options={owners.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </div>
      </div>
    </Section>
  );
}

function WhoFields({ incident }: Pick<Props, "incident">) {
  const t = useTranslations("incidents.desk.incidentForm");
  const visibility = useTranslations("incidents.desk.visibility");
  return (
    <Section title={t("who")}>
      <div className="group/who">
        <RadiosField
          name="visibility"
          label={t("visibility")}
          required
          defaultValue={incident.visibility}
          options={VISIBILITIES.map((value) => ({
            value,
            label: visibility(value),
            hint: t(`visibilityHint.${value}`),
          }))}
        />
        <div className="mt-5 hidden group-has-[[value=restricted]:checked]/who:block">
          <BilingualField
            name="publicSummary"
            label={t("publicSummary")}
            required
            hint={t("publicSummaryHint")}
            rows={3}
            maxLength={1000}
            values={incident.publicSummary ?? {}}
          />
        </div>
      </div>
    </Section>
  );
}
