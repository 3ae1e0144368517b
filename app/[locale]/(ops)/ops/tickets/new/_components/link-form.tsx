import { randomUUID } from "node:crypto";
import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { RadiosField, SelectField, TextareaField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Link } from "@/components/ui/link";
import { LOCALES } from "@/db/vocabulary/languages";
import { REQUEST_TYPES } from "@/db/vocabulary/requests";
import type { TicketPurpose } from "@/db/vocabulary/tickets";
import { LINK_MINUTES } from "@/domain/tickets/input";
import { at } from "@/lib/addresses";

import { issueLinkAction } from "../actions";

const LIFETIMES = [60, LINK_MINUTES.standard, 3 * LINK_MINUTES.standard, LINK_MINUTES.most];

type Props = {
  purpose: TicketPurpose;
  /** What a link to read leads to, as its list names it. */
  notice?: { value: string; name: string };
};

/** The ticket, the one thing its link opens, and how long. */
export function LinkForm({ purpose, notice }: Props) {
  const t = useTranslations("tickets");
  return (
    <ActionForm action={issueLinkAction} label={t("new.title")} className="max-w-form">
      <input type="hidden" name="formId" value={randomUUID()} />
      <input type="hidden" name="wish.purpose" value={purpose} />
      {notice && (
        <>
          <input type="hidden" name="wish.notice" value={notice.value} />
          <p className="text-caption">{t("new.notice")}</p>
          <p className="mb-4">
            {notice.name}{" "}
            <Link href={at("/ops/tickets/new", { purpose })}>{t("new.otherNotice")}</Link>
          </p>
        </>
      )}
      <TextField
        name="wish.ticketNumber"
        label={t("links.ticket")}
        hint={t("new.ticketHint")}
        required
        maxLength={64}
        autoComplete="off"
        className="max-w-80"
      />
      {!notice && <Prefill />}
      <RadiosField
        name="wish.locale"
        label={t("new.locale")}
        inline
        defaultValue="zh-CN"
        options={LOCALES.map((value) => ({ value, label: t(`new.locales.${value}`) }))}
      />
      <RadiosField
        name="wish.expiresInMinutes"
        label={t("new.lifetime")}
        inline
        defaultValue={String(LINK_MINUTES.standard)}
        options={LIFETIMES.map((minutes) => ({
          value: String(minutes),
          label: t("new.hours", { hours: minutes / 60 }),
        }))}
      />
      <div className="mt-6">
        <SubmitButton>{t("new.submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

/** What the ticket already says, so that the person need not write it again. */
function Prefill() {
  const t = useTranslations("tickets.new");
  const type = useTranslations("requests.type");
  return (
    <>
      <SelectField
        name="wish.prefill.type"
        label={t("type")}
        options={[
          { value: "", label: t("anyType") },
          ...REQUEST_TYPES.map((value) => ({ value, label: type(value) })),
        ]}
      />
      <TextField name="wish.prefill.appName" label={t("appName")} maxLength={100} />
      <TextField
        name="wish.prefill.sdkAppId"
        label={t("sdkAppId")}
        inputMode="numeric"
        maxLength={20}
        className="max-w-60"
      />
      <TextareaField
        name="wish.prefill.facts"
        label={t("facts")}
        hint={t("factsHint")}
        rows={4}
        maxLength={5000}
      />
    </>
  );
}
