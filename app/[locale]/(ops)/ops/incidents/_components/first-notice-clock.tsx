import { useTranslations } from "next-intl";

import { Status, type StatusTone } from "@/components/ui/status";
import { CellNote } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type IncidentRow } from "@/domain/incidents/list-incidents";

type Clock = IncidentRow["clock"];

const TONES: Record<Clock["state"], StatusTone> = {
  running: "run",
  kept: "ok",
  breached: "danger",
  late: "warn",
};

/** How the first notice stands against its target (P17): a breach stays visible. */
export function FirstNoticeClock({ clock: { state, dueAt } }: { clock: Clock }) {
  const t = useTranslations("incidents.desk.clock");
  return (
    <>
      <Status tone={TONES[state]}>{t(state)}</Status>
      <CellNote>
        {t("due")} <Time at={dueAt} form="table" />
      </CellNote>
    </>
  );
}
