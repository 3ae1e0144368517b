import { useLocale, useTranslations } from "next-intl";

import {
  askNumberAction,
  confirmNumberAction,
  removeNumberAction,
} from "@/app/[locale]/(console)/settings/actions";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { Context } from "@/domain/context";
import { findOwnNumber } from "@/domain/endpoints/confirm-number";
import { env } from "@/lib/env";

type OwnProps = { ctx: Context; turnsOn: boolean };

/** The mobile number that grave incidents are told to (P18): where messages are sent here, or one stands that may be ended. */
export async function OwnNumber({ ctx, turnsOn }: OwnProps) {
  const isOn = turnsOn && env().SMS_OPERATOR !== undefined;
  const own = await findOwnNumber(ctx, {});
  return (isOn || own.standing) && <MobileNumber own={own} isOn={isOn} />;
}

type Props = { own: Awaited<ReturnType<typeof findOwnNumber>>; isOn: boolean };

/** What stands, with its end; the code that was sent; and the number to send one to. */
function MobileNumber({ own: { standing, waiting }, isOn }: Props) {
  const t = useTranslations("endpoints.number");
  const locale = useLocale();
  return (
    <Section id="number" title={t("title")}>
      <p className="max-w-measure mb-3">{t("lead")}</p>
      {standing && (
        <div className="border-line max-w-measure mb-4 flex flex-wrap items-center gap-x-4 gap-y-1 border-y py-2.5">
          <p className="text-ui min-w-0 flex-1 basis-60">
            <span className="font-semibold">{standing.masked}</span>
            <br />
            <span className="text-ink-muted text-small">
              {t.rich("since", { at: () => <Time at={standing.addedAt} form="table" /> })}
            </span>
          </p>
          <ActionForm action={removeNumberAction}>
            <input type="hidden" name="endpointId" value={standing.id} />
            <SubmitButton variant="outline" size="sm">
              {t("end")}
            </SubmitButton>
          </ActionForm>
        </div>
      )}
      {isOn && waiting && (
        <ActionForm action={confirmNumberAction} className="max-w-form" label={t("confirm")}>
          <TextField
            name="code"
            label={t("code")}
            hint={t("codeHint", { number: waiting })}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={40}
            required
          />
          <div className="mt-4">
            <SubmitButton>{t("confirm")}</SubmitButton>
          </div>
        </ActionForm>
      )}
      {isOn && (
        <ActionForm
          action={askNumberAction}
          className="max-w-form mt-4"
          label={t("ask")}
          doneMessage={t("asked")}
        >
          <input type="hidden" name="locale" value={locale} />
          <TextField
            name="number"
            label={t(standing ? "other" : "number")}
            hint={t("numberHint")}
            type="tel"
            autoComplete="tel-national"
            maxLength={40}
            required
          />
          <div className="mt-4">
            <SubmitButton variant="outline">{t("ask")}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Section>
  );
}
