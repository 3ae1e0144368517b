import { useTranslations } from "next-intl";

import { Stepper } from "@/components/ui/stepper";
import { Time } from "@/components/ui/time";
import type { RequestStatus } from "@/db/vocabulary";
import type { OwnRequest } from "@/domain/requests/read-own";

const STAGES = ["received", "verifying", "in_progress", "answered"] as const;
type Stage = (typeof STAGES)[number];

const STAGE_OF: Record<RequestStatus, Stage> = {
  received: "received",
  verifying: "verifying",
  need_more: "verifying",
  in_progress: "in_progress",
  with_developer: "in_progress",
  in_review: "in_progress",
  appealed: "in_progress",
  fulfilled: "answered",
  partly_fulfilled: "answered",
  refused: "answered",
  withdrawn: "answered",
};

/** The four stages everybody's request goes through, with the moment each was reached. */
export function Progress({ request }: { request: OwnRequest }) {
  const t = useTranslations("filing.progress");
  const at = STAGES.indexOf(STAGE_OF[request.status]);
  const isClosed = STAGE_OF[request.status] === "answered";
  return (
    <Stepper
      label={t("label")}
      steps={STAGES.map((stage, index) => {
        const reached = request.events.findLast(({ status }) => STAGE_OF[status] === stage);
        return {
          key: stage,
          label: t(stage === "answered" && request.status === "withdrawn" ? "withdrawn" : stage),
          note: index <= at && reached && <Time at={reached.at} form="table" />,
          state:
            index < at || (index === at && isClosed) ? "done" : index === at ? "current" : "todo",
        };
      })}
    />
  );
}
