import { useTranslations } from "next-intl";

import { DECISION_TONES } from "@/components/reviews/review-status";
import { Chip } from "@/components/ui/chip";
import { Status, type StatusTone } from "@/components/ui/status";
import type { DisposalAction, RequestStatus as Code } from "@/db/vocabulary/requests";
import type { ReviewDecision } from "@/db/vocabulary/reviews";

/** What stands out is what waits for the reader: the requester (`own`), or those who answer (`desk`). */
const REQUEST_TONES: Record<Code, Record<"own" | "desk", StatusTone>> = {
  received: { own: "info", desk: "info" },
  verifying: { own: "run", desk: "run" },
  need_more: { own: "warn", desk: "warn" },
  in_progress: { own: "run", desk: "run" },
  with_developer: { own: "run", desk: "warn" },
  in_review: { own: "run", desk: "warn" },
  fulfilled: { own: "ok", desk: "ok" },
  partly_fulfilled: { own: "ok", desk: "ok" },
  refused: { own: "danger", desk: "off" },
  appealed: { own: "run", desk: "info" },
  withdrawn: { own: "off", desk: "off" },
};

/** Where a request stands, for those who answer it; `isEntry` for when somebody logged it. */
export function RequestStatus({ status, isEntry }: { status: Code; isEntry?: boolean }) {
  const t = useTranslations("requests.desk");
  if (isEntry) return <Status tone="run">{t("case.logged")}</Status>;
  return <Status tone={REQUEST_TONES[status].desk}>{t(`status.${status}`)}</Status>;
}

/** Where a request stands, for its requester; `isYours` for whose account is asked to answer it. */
export function OwnRequestStatus({ status, isYours }: { status: Code; isYours?: boolean }) {
  const t = useTranslations("requests.filing");
  return (
    <Status tone={REQUEST_TONES[status].own}>
      {t(isYours ? "list.yours" : `status.${status}`)}
    </Status>
  );
}

export function OverdueChip({ after }: { after?: boolean }) {
  const t = useTranslations("requests.desk");
  return (
    <Chip tone="danger" after={after}>
      {t("overdue")}
    </Chip>
  );
}

export function PriorityChip({ after }: { after?: boolean }) {
  const t = useTranslations("requests.desk");
  return (
    <Chip tone="danger" after={after}>
      {t("priority")}
    </Chip>
  );
}

/** A second person's word on a proposed answer; null while it is awaited. */
export function VerdictStatus({ verdict }: { verdict: ReviewDecision | null }) {
  const t = useTranslations("requests.desk.decide");
  if (!verdict) return <Status tone="warn">{t("waiting")}</Status>;
  return (
    <Status tone={DECISION_TONES[verdict]}>
      {t(verdict === "approved" ? "approved" : "rejected")}
    </Status>
  );
}

const DISPOSAL_TONES = { planned: "warn", held: "off", done: "ok" } as const;

/** How far it has come with the data of one store. */
export function DisposalStatus({
  action,
  doneAt,
}: {
  action: DisposalAction;
  doneAt: Date | null;
}) {
  const t = useTranslations("requests.desk.plan");
  const state = doneAt ? "done" : action === "hold" ? "held" : "planned";
  return <Status tone={DISPOSAL_TONES[state]}>{t(state)}</Status>;
}

const RUN_TONES = { waiting: "run", done: "ok", failed: "danger" } as const;

/** How far the vendor's interface has come with the users of one store. */
export function DeletionRunStatus({ state }: { state: keyof typeof RUN_TONES }) {
  const t = useTranslations("disposals.users");
  return <Status tone={RUN_TONES[state]}>{t(`states.${state}`)}</Status>;
}
