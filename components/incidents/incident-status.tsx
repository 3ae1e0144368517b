import { useTranslations } from "next-intl";

import { Chip, type ChipTone } from "@/components/ui/chip";
import { Status, type StatusTone } from "@/components/ui/status";
import { CellNote } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type * as vocabulary from "@/db/vocabulary/incidents";
import type { IncidentRow } from "@/domain/incidents/list-incidents";

const INCIDENT_TONES: Record<vocabulary.IncidentStatus, StatusTone> = {
  investigating: "warn",
  reopened: "warn",
  contained: "run",
  resolved: "ok",
  closed: "off",
  false_alarm: "off",
};

const SEVERITY_TONES: Record<vocabulary.Severity, ChipTone> = {
  very_major: "danger",
  major: "danger",
  larger: "warn",
  general: "plain",
};

const ACTIONABILITY_TONES: Record<vocabulary.Actionability, ChipTone> = {
  required: "warn",
  may_be_required: "plain",
  information: "plain",
};

export const NOTICE_TONES: Record<vocabulary.NoticeStatus, StatusTone> = {
  draft: "off",
  in_review: "run",
  scheduled: "info",
  published: "ok",
  discarded: "off",
};

const CLOCK_TONES: Record<IncidentRow["clock"]["state"], StatusTone> = {
  running: "run",
  kept: "ok",
  breached: "danger",
  late: "warn",
  not_due: "off",
};

/** Of a change of severity or discovery: alone, where it needed no second person. */
export const GRADE_TONES = {
  waits: "run",
  alone: "ok",
  agreed: "ok",
  refused: "warn",
} satisfies Record<string, StatusTone>;

/** Of what two people agree on, by what was decided. */
export const PROPOSAL_TONES = {
  waits: "run",
  approved: "ok",
  rejected: "warn",
} satisfies Record<string, StatusTone>;

export function IncidentStatus({ status }: { status: vocabulary.IncidentStatus }) {
  const t = useTranslations("notices.status");
  return <Status tone={INCIDENT_TONES[status]}>{t(status)}</Status>;
}

export function SeverityChip({ severity }: { severity: vocabulary.Severity }) {
  const t = useTranslations("notices.severity");
  return <Chip tone={SEVERITY_TONES[severity]}>{t(severity)}</Chip>;
}

/** What its reader has to do about a notice. */
export function ActionabilityChip({ value }: { value: vocabulary.Actionability }) {
  const t = useTranslations("notices.actionability");
  return <Chip tone={ACTIONABILITY_TONES[value]}>{t(value)}</Chip>;
}

/** Where a notice stands on its way to the readers. */
export function NoticeStatus({ status }: { status: vocabulary.NoticeStatus }) {
  const t = useTranslations("incidents.desk.noticeStatus");
  return <Status tone={NOTICE_TONES[status]}>{t(status)}</Status>;
}

/** That nobody has said yet whom a notice concerns. */
export function UndecidedAudience() {
  const t = useTranslations("incidents.desk.audience");
  return <Status tone="danger">{t("undecided")}</Status>;
}

/** How the first notice stands against its target (P17): a breach stays visible. */
export function FirstNoticeClock({ clock: { state, dueAt } }: Pick<IncidentRow, "clock">) {
  const t = useTranslations("incidents.desk.clock");
  return (
    <>
      <Status tone={CLOCK_TONES[state]}>{t(state)}</Status>
      {state !== "not_due" && (
        <CellNote>
          {t("due")} <Time at={dueAt} form="table" />
        </CellNote>
      )}
    </>
  );
}

/** How what has to be done by a limit stands. */
export function DutyStatus({ state }: Pick<IncidentRow["clock"], "state">) {
  const t = useTranslations("incidents.desk.duties");
  return <Status tone={CLOCK_TONES[state]}>{t(`state.${state}`)}</Status>;
}

const STEP_TONES: Record<vocabulary.StepState | "open", StatusTone> = {
  done: "ok",
  set_aside: "off",
  open: "warn",
};

/** Whether a step of the plan is done. */
export function StepStatus({ state }: { state: vocabulary.StepState | "open" }) {
  const t = useTranslations("incidents.desk.containment");
  return <Status tone={STEP_TONES[state]}>{t(`state.${state}`)}</Status>;
}

/** Behind an incident's number. */
export function RestrictedChip() {
  const t = useTranslations("support.incidents");
  return (
    <Chip tone="warn" after>
      {t("restricted")}
    </Chip>
  );
}

/** Above all that everybody may read of a restricted incident. */
export function SummaryChip() {
  const t = useTranslations("incidents.summary");
  return <Chip tone="info">{t("heading")}</Chip>;
}

type Props = {
  status: vocabulary.IncidentStatus;
  severity: vocabulary.Severity;
  kind: vocabulary.IncidentKind;
  visibility: vocabulary.Visibility;
  product?: string;
  rehearsal?: true | undefined;
};

/** That nothing happened: in the place of all that would alarm. */
export function RehearsalChip() {
  const t = useTranslations("notices");
  return <Chip tone="info">{t("rehearsal")}</Chip>;
}

/** How an incident stands, how grave it is, what kind it is, and whether others may read of it. */
export function IncidentMarks({ status, severity, kind, visibility, product, rehearsal }: Props) {
  const t = useTranslations("notices");
  const words = useTranslations("incidents");
  if (rehearsal)
    return (
      <span className="text-ui flex flex-wrap gap-1.5">
        <RehearsalChip />
        <Chip>{t(`kind.${kind}`)}</Chip>
        {product && <Chip>{product}</Chip>}
      </span>
    );
  return (
    <span className="text-ui flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <IncidentStatus status={status} />
      <span className="flex flex-wrap gap-1.5">
        <SeverityChip severity={severity} />
        <Chip>{t(`kind.${kind}`)}</Chip>
        {product && <Chip>{product}</Chip>}
        {visibility !== "public" && <Chip tone="info">{words(`visibility.${visibility}`)}</Chip>}
      </span>
    </span>
  );
}
