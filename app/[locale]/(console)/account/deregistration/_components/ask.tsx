import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { CheckboxField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import type { OwnDeregistration } from "@/domain/deregistrations/read-own";
import { formatTime } from "@/lib/format";

import { askAction } from "../actions";
import { SignInAgain } from "./sign-in-again";

/** The end of the page, in red: who may ask, and the form for who may and has nothing left to settle. */
export function Ask({ own }: { own: OwnDeregistration }) {
  const t = useTranslations("deregistrations.own");
  const { role, owners, isBlocked, isFresh, account } = own;
  return (
    <Section title={t("form.title")}>
      <div className="border-danger-line max-w-form rounded-md border p-5 print:hidden">
        {role !== "owner" ? (
          <p>
            {t("form.onlyOwners", { owners: owners.map(({ name }) => name).join(t("separator")) })}
          </p>
        ) : isBlocked ? (
          <p className="text-danger font-semibold">{t("form.blocked")}</p>
        ) : isFresh ? (
          <AskForm own={own} />
        ) : (
          <SignInAgain accountId={account.id} />
        )}
      </div>
    </Section>
  );
}

function AskForm({ own: { account, owners, freshUntil } }: { own: OwnDeregistration }) {
  const t = useTranslations("deregistrations.own.form");
  const isAlone = owners.length < 2;
  return (
    <ActionForm
      action={askAction}
      label={t("title")}
      confirm={{
        title: t("confirmTitle", { account: account.name }),
        body: <p>{t(isAlone ? "confirmAlone" : "confirmOthers")}</p>,
        confirmLabel: t("confirmSubmit"),
        danger: true,
      }}
    >
      <input type="hidden" name="accountId" value={account.id} />
      <p className="max-w-measure mb-4">
        {isAlone ? t("alone") : t("second", { count: owners.length })} {t("lead")}
      </p>
      <TextField
        name="typedName"
        label={t("name")}
        hint={<bdi className="font-semibold">{t("nameHint", { name: account.name })}</bdi>}
        data-expected={account.name}
        maxLength={200}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        required
      />
      <CheckboxField name="isSettled" label={t("settled")} hint={t("settledHint")} required />
      <div className="mt-5">
        <SubmitButton variant="danger-solid">{t("submit")}</SubmitButton>
        {freshUntil && (
          <p className="text-small text-ink-muted mt-2">
            {t("freshUntil", { time: formatTime(freshUntil) })}
          </p>
        )}
      </div>
    </ActionForm>
  );
}
