import { randomUUID } from "node:crypto";
import { useLocale, useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { RadiosField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import { LOGGED_CHANNELS } from "@/domain/requests/log";
import { machineDateTime } from "@/lib/format";

import { logAction } from "../actions";
import { RequestFields } from "./request-fields";
import { RequesterFields } from "./requester-fields";

type Props = { now: Date; ticketNumber: string; uin: string };

/** One page, in the order of a letter: how and when it came, from whom, what it asks, what came with it. */
export function LogForm({ now, ticketNumber, uin }: Props) {
  const t = useTranslations("support.log");
  const locale = useLocale();
  return (
    <ActionForm action={logAction} guard label={t("title")} className="group max-w-form">
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="formId" value={randomUUID()} />
      <Section title={t("arrival")}>
        <RadiosField
          name="channel"
          label={t("channel")}
          inline
          required
          options={LOGGED_CHANNELS.map((value) => ({ value, label: t(`channels.${value}`) }))}
        />
        <TextField
          name="receivedAt"
          type="datetime-local"
          label={t("receivedAt")}
          hint={t("receivedAtHint")}
          required
          max={machineDateTime(now).slice(0, 16)}
          className="max-w-60"
        />
        <TextField
          name="ticketNumber"
          label={t("ticket")}
          hint={t("ticketHint")}
          maxLength={64}
          defaultValue={ticketNumber}
          autoComplete="off"
          className="max-w-80"
        />
      </Section>
      <Section title={t("requester")}>
        <RequesterFields uin={uin} />
      </Section>
      <Section title={t("request")}>
        <RequestFields />
      </Section>
      <div className="mt-8">
        <SubmitButton>{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
