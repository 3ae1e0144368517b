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
  /** What the page where support was knows already. */
  known: { ticket?: string | undefined; request?: string | undefined; uin?: string | undefined };
};

/** The ticket, the one thing its link opens, and how long. */
export function LinkForm({ purpose, notice, known }: Props) {
  const t = useTranslations("tickets");
  const { ticket } = known;
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
            <Link href={at("/ops/tickets/new", { purpose, ticket })}>{t("new.otherNotice")}</Link>
          </p>
        </>
      )}
      <TextField
        name="wish.ticketNumber"
        label={t("links.ticket")}
        hint={t("new.ticketHint")}
        required
        maxLength={64}
        defaultValue={ticket}
        autoComplete="off"
        className="max-w-80"
      />
      {purpose === "file_request" && <Prefill />}
      {purpose === "read_request" && (
        <TextField
          name="wish.request"
          label={t("new.request")}
          hint={t("new.requestHint")}
          required
          maxLength={20}
          defaultValue={known.request}
          autoComplete="off"
          className="max-w-60"
        />
      )}
      {purpose === "deregister_account" && (
        <TextField
          name="wish.uin"
          label={t("new.uin")}
          hint={t("new.uinHint")}
          required
          maxLength={40}
          defaultValue={known.uin}
          autoComplete="off"
          className="max-w-60"
        />
      )}
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
      <Limits />
      <div className="mt-6">
        <SubmitButton>{t("new.submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

/** Who may go on, and how often. */
function Limits() {
  const t = useTranslations("tickets.new");
  return (
    <>
      <TextField
        name="wish.person"
        type="email"
        label={t("person")}
        hint={t("personHint")}
        maxLength={254}
        autoComplete="off"
        className="max-w-80"
      />
      <RadiosField
        name="wish.mostUses"
        label={t("uses")}
        inline
        defaultValue=""
        options={[
          { value: "", label: t("unlimited") },
          { value: "1", label: t("once") },
          { value: "5", label: t("times", { count: 5 }) },
        ]}
      />
    </>
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
