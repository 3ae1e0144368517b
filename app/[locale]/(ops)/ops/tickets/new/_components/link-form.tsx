import { randomUUID } from "node:crypto";
import { useLocale, useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { RadiosField, SelectField, TextareaField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { LOCALES } from "@/db/vocabulary/languages";
import { REQUEST_TYPES } from "@/db/vocabulary/requests";
import { TICKET_PURPOSES } from "@/db/vocabulary/tickets";
import { LINK_MINUTES } from "@/domain/tickets/input";
import type { listNamedNotices } from "@/domain/tickets/list-notices";
import { localized } from "@/lib/localized";

import { issueLinkAction } from "../actions";

const LIFETIMES = [60, LINK_MINUTES.standard, 3 * LINK_MINUTES.standard, LINK_MINUTES.most];

type Props = { notices: Notices; search: string };
type Notices = Awaited<ReturnType<typeof listNamedNotices>>;

/** The ticket, the one thing its link opens, and how long. The half that does not belong to the purpose is hidden. */
export function LinkForm({ notices, search }: Props) {
  const t = useTranslations("tickets");
  return (
    <ActionForm action={issueLinkAction} label={t("new.title")} className="group max-w-form">
      <input type="hidden" name="formId" value={randomUUID()} />
      <TextField
        name="wish.ticketNumber"
        label={t("links.ticket")}
        hint={t("new.ticketHint")}
        required
        maxLength={64}
        autoComplete="off"
        className="max-w-80"
      />
      <RadiosField
        name="wish.purpose"
        label={t("links.purpose")}
        defaultValue={TICKET_PURPOSES[0]}
        options={TICKET_PURPOSES.map((value) => ({
          value,
          label: t(`links.purposes.${value}`),
          hint: t(`new.purposeHints.${value}`),
        }))}
      />
      <div className="border-line mt-5 border-l-2 pl-4 group-has-[[value^=read]:checked]:hidden">
        <Prefill />
      </div>
      <div className="border-line mt-5 border-l-2 pl-4 group-has-[[value^=file]:checked]:hidden">
        <Notice {...{ notices, search }} />
      </div>
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

function Notice({ notices, search }: Props) {
  const t = useTranslations("tickets.new");
  const locale = useLocale();
  const options = [
    ...notices.incidents.map(({ number, titles }) => ({
      value: `incident ${number}`,
      label: t("incident", { number, title: localized(titles, locale).text }),
    })),
    ...notices.policies.map(({ slug, label, titles }) => ({
      value: `policy ${slug} ${label}`,
      label: t("policy", { title: titles[locale], label }),
    })),
    ...notices.announcements.map(({ id, titles }) => ({
      value: `announcement ${id}`,
      label: t("announcement", { title: localized(titles, locale).text }),
    })),
  ];
  return (
    <SelectField
      name="wish.notice"
      label={t("notice")}
      hint={
        search
          ? t(options.length > 0 ? "noticeHintFound" : "noticeHintNone", { search })
          : t(notices.isCut ? "noticeHintNewest" : "noticeHint")
      }
      options={[{ value: "", label: t("chooseNotice") }, ...options]}
    />
  );
}
