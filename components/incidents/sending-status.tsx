import { useTranslations } from "next-intl";

import { Status, type StatusTone } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { LookState } from "@/domain/incidents/emergency-rules";

const LOOK_TONES: Record<LookState, StatusTone> = {
  waits: "warn",
  unseen: "danger",
  confirmed: "ok",
  objected: "danger",
};

type Props = {
  senderName: string;
  sentAt: Date;
  lookDueAt: Date;
  state: LookState;
  lookerName: string | null;
  lookedAt: Date | null;
};

/** "由甲一人于 … 紧急发出。乙于 … 复核，确认无误。": whose word a notice left by, wherever it is told of. */
export function SendingLine(sending: Props) {
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-3">
      <Status tone={LOOK_TONES[sending.state]}>
        <SentLine {...sending} />
      </Status>
      <LookLine {...sending} />
    </span>
  );
}

/** "由甲一人于 … 紧急发出", of a banner its title. */
export function SentLine({ senderName, sentAt }: Props) {
  const t = useTranslations("incidents.desk.emergency");
  return (
    <span className="[&_time]:whitespace-nowrap">
      {t.rich("sent", { name: senderName, at: () => <Time at={sentAt} form="table" /> })}
    </span>
  );
}

/** "乙于 … 复核，确认无误。" */
export function LookLine({ state, lookerName, lookedAt, lookDueAt }: Props) {
  const t = useTranslations("incidents.desk.emergency");
  return (
    <span className="[&_time]:whitespace-nowrap">
      {t.rich(`state.${state}`, {
        looker: lookerName ?? "",
        at: () => <Time at={lookedAt ?? lookDueAt} form="table" />,
      })}
    </span>
  );
}
