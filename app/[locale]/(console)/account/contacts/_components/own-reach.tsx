import { getTranslations } from "next-intl/server";

import { ReachReasons, ReachScore } from "@/components/broadcasts/reach-status";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Facts } from "@/components/ui/facts";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { type readOwnReach } from "@/domain/broadcasts/list-reach";

import { checkContactsAction } from "../actions";

type Reach = Awaited<ReturnType<typeof readOwnReach>>[number];

/** How well the account can be reached at this moment, what is wanting, and that somebody has looked it through. */
export async function OwnReach({ reach }: { reach: Reach }) {
  const t = await getTranslations("contacts.reach");
  const { accountId, score, reasons, people, reachable, lastArrivedAt } = reach;
  return (
    <Section id="reach" title={t("title")} note={t("note")}>
      <Facts
        facts={[
          { term: t("score"), value: <ReachScore score={score} /> },
          { term: t("people"), value: t("of", { people, reachable }) },
          {
            term: t("lastArrived"),
            value: lastArrivedAt ? <Time at={lastArrivedAt} /> : t("never"),
          },
          { term: t("why"), value: <ReachReasons reasons={reasons} /> },
        ]}
      />
      <ActionForm action={checkContactsAction} label={t("check")} className="mt-4">
        <input type="hidden" name="accountId" value={accountId} />
        <SubmitButton variant="outline">{t("check")}</SubmitButton>
        <p className="text-small text-ink-muted mt-1">{t("checkNote")}</p>
      </ActionForm>
    </Section>
  );
}
