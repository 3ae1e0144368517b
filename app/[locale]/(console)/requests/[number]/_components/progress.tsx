import { useTranslations } from "next-intl";

import { Stepper } from "@/components/ui/stepper";
import { Time } from "@/components/ui/time";
import { progressOf } from "@/domain/requests/progress";
import type { OwnRequest } from "@/domain/requests/read-own";

/** The steps a request has gone through and those before it, each with its moment. */
export function Progress({ request }: { request: OwnRequest }) {
  const t = useTranslations("requests.filing.progress");
  return (
    <Stepper
      label={t("label")}
      steps={progressOf(request.events).map(({ key, stage, state, at }) => ({
        key,
        label: t(stage),
        note: at && (
          <>
            {state !== "done" && `${t("since")} `}
            <Time at={at} form="table" />
            {state === "unfinished" && <span className="block">{t("unfinished")}</span>}
          </>
        ),
        state,
      }))}
    />
  );
}
