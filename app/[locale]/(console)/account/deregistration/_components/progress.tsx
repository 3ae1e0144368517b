import { useLocale, useTranslations } from "next-intl";

import { CoolingMeter } from "@/components/deregistrations/cooling-meter";
import { DisposalList } from "@/components/disposals/disposal-list";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Countdown } from "@/components/ui/countdown";
import { Figure } from "@/components/ui/figure";
import { Section } from "@/components/ui/section";
import { Stepper } from "@/components/ui/stepper";
import type { OwnDeregistration } from "@/domain/deregistrations/read-own";
import { formatDateTime } from "@/lib/format";

import { cancelAction, confirmAction } from "../actions";
import { SignInAgain } from "./sign-in-again";
import { stepsOf } from "./steps";

type Open = NonNullable<OwnDeregistration["open"]>;
type Props = { own: OwnDeregistration; open: Open; now: Date };

/** A deregistration under way: how far, how long still, and what an owner can do about it. */
export function DeregistrationProgress({ own, open, now }: Props) {
  const t = useTranslations("deregistrations.own.standing");
  const words = useTranslations("deregistrations.own");
  const { role, owners } = own;
  return (
    <Section title={t("title")} note={t("number", { number: open.number })}>
      <Stepper label={t("steps")} steps={stepsOf({ own, open, t: words })} />
      <div className="border-danger-line max-w-form mt-5 rounded-md border p-5">
        <State own={own} open={open} now={now} />
        {own.service ? (
          <div className="mt-4">
            <DisposalList disposals={own.service.disposals} />
          </div>
        ) : role === "owner" ? (
          <div className="print:hidden">
            <Confirm own={own} open={open} />
            <Cancel own={own} open={open} />
          </div>
        ) : (
          <p className="mt-4">
            {t("othersCancel", { owners: owners.map(({ name }) => name).join(words("separator")) })}
          </p>
        )}
      </div>
    </Section>
  );
}

function State({ own, open, now }: Props) {
  const t = useTranslations("deregistrations.own.standing");
  const locale = useLocale();
  const { executeAfter, pauseReason } = open;
  if (pauseReason) return <p className="wrap-anywhere">{t("paused", { reason: pauseReason })}</p>;
  if (!executeAfter)
    return (
      <>
        <p className="text-lead font-semibold">{t("awaiting")}</p>
        <p className="mt-1">{t("awaitingText")}</p>
      </>
    );
  if (executeAfter <= now)
    return <p>{t(own.isBlocked ? "held" : own.service ? "disposing" : "due")}</p>;
  return (
    <>
      <Figure value={<Countdown until={executeAfter} now={now} />} />
      <div className="my-2">
        <CoolingMeter executeAfter={executeAfter} now={now} wide />
      </div>
      <p className="mt-1">{t("left", { at: formatDateTime(executeAfter, locale) })}</p>
    </>
  );
}

function Confirm({ own, open }: Omit<Props, "now">) {
  const t = useTranslations("deregistrations.own.standing");
  const { account, readerId, isFresh } = own;
  if (open.status !== "awaiting_owner" || open.requestedBy === readerId) return null;
  if (!isFresh)
    return (
      <div className="mt-5">
        <SignInAgain accountId={account.id} />
      </div>
    );
  return (
    <ActionForm
      action={confirmAction}
      label={t("confirm")}
      className="mt-5"
      confirm={{
        title: t("confirmTitle", { account: account.name }),
        body: <p>{t("confirmBody")}</p>,
        confirmLabel: t("confirm"),
        danger: true,
      }}
    >
      <Which own={own} open={open} />
      <SubmitButton variant="danger">{t("confirm")}</SubmitButton>
    </ActionForm>
  );
}

function Cancel({ own, open }: Omit<Props, "now">) {
  const t = useTranslations("deregistrations.own.standing");
  return (
    <ActionForm action={cancelAction} label={t("cancel")} className="mt-5">
      <Which own={own} open={open} />
      <SubmitButton>{t("cancel")}</SubmitButton>
      <p className="text-small text-ink-muted mt-2">{t("cancelText")}</p>
    </ActionForm>
  );
}

function Which({ own, open }: Omit<Props, "now">) {
  return (
    <>
      <input type="hidden" name="accountId" value={own.account.id} />
      <input type="hidden" name="id" value={open.id} />
    </>
  );
}
