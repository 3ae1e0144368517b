import { useTranslations } from "next-intl";

import { Prose } from "@/components/broadcasts/notice-facts";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { OwnRequest } from "@/domain/requests/read-own";

/** The answer: what was decided, by which rule, in which words (P32, P35, P36). */
export function Answer({ request }: { request: OwnRequest }) {
  const t = useTranslations("filing.answer");
  const { decision } = request;
  if (!decision) return null;
  return (
    <Section
      title={t(`outcome.${decision.outcome}`)}
      note={decision.reviewedAt && <Time at={decision.reviewedAt} form="table" />}
    >
      <div className="max-w-measure space-y-3">
        <p>
          <Prose text={decision.explanation} />
        </p>
        {decision.code && (
          <div className="bg-sunken rounded-md px-4 py-3">
            <p className="font-semibold">{t("ground", { code: decision.code })}</p>
            <p>{t(`codes.${decision.code}`)}</p>
          </div>
        )}
        {request.type === "withdraw_consent" && decision.outcome !== "refused" && (
          <p>{t("withdrawal")}</p>
        )}
        <p className="text-ink-muted">{t("reviewed")}</p>
      </div>
    </Section>
  );
}
