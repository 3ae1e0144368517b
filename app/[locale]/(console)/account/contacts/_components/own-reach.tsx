import { getTranslations } from "next-intl/server";

import { ReachReasons, ReachScore } from "@/components/broadcasts/reach-status";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { CheckStatus } from "@/components/ui/check-status";
import { Facts } from "@/components/ui/facts";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { type OwnContacts } from "@/domain/accounts/list-contacts";
import { type readOwnReach } from "@/domain/broadcasts/list-reach";

import { checkContactsAction, setRehearsalsAction } from "../actions";

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

/** Whether the account takes part in rehearsals of incident notices; any member reads it, who may bind it decides. */
export async function Rehearsals({ own }: { own: OwnContacts }) {
  const t = await getTranslations("contacts.rehearsals");
  const { id, takesRehearsals: takes } = own.account;
  const act = t(takes ? "leave" : "join");
  return (
    <Section id="rehearsals" title={t("title")} note={t("note")}>
      <CheckStatus isGood={takes}>{t(takes ? "takes" : "takesNot")}</CheckStatus>
      <p className="text-ink-muted max-w-measure mt-1">{t(takes ? "takesText" : "takesNotText")}</p>
      {own.canManage && (
        <ActionForm action={setRehearsalsAction} label={act} className="mt-4">
          <input type="hidden" name="accountId" value={id} />
          <input type="hidden" name="takes" value={takes ? "no" : "yes"} />
          <SubmitButton variant="outline">{act}</SubmitButton>
        </ActionForm>
      )}
    </Section>
  );
}
