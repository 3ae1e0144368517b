import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm, type FormAction } from "@/components/form/action-form";
import { CheckboxesField, RadiosField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { buttonClass } from "@/components/ui/button";
import { LOCALES } from "@/db/vocabulary/languages";

import { Hidden } from "./frame";

type Props = {
  action: FormAction;
  /** Which thing. */
  hidden: Record<string, string>;
  /** Who may be sent a test. */
  people: readonly { id: string; name: string }[];
  readerId: string;
};

/** Sends what is saved to staff before anybody else sees it. */
export async function TestMail({ action, hidden, people, readerId }: Props) {
  const [t, language, locale] = await Promise.all([
    getTranslations("reviews.test"),
    getTranslations("policies.language"),
    getLocale(),
  ]);
  const own = people.filter(({ id }) => id === readerId);
  const others = people.filter(({ id }) => id !== readerId);
  return (
    <details className="mt-8">
      <summary className={buttonClass({ size: "sm" })}>{t("title")}</summary>
      <div className="border-line max-w-form mt-3 rounded-md border p-5">
        <p className="text-small text-ink-muted mb-4">{t("note")}</p>
        <ActionForm action={action} label={t("title")}>
          <Hidden values={hidden} />
          <CheckboxesField
            name="userIds"
            label={t("who")}
            required
            defaultValues={own.map(({ id }) => id)}
            options={[
              ...own.map(({ id, name }) => ({ value: id, label: t("self", { name }) })),
              ...others.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <RadiosField
            name="mailLocale"
            label={t("language")}
            inline
            defaultValue={locale}
            options={LOCALES.map((value) => ({ value, label: language(value) }))}
          />
          <div className="mt-5">
            <SubmitButton variant="outline">{t("send")}</SubmitButton>
          </div>
        </ActionForm>
      </div>
    </details>
  );
}
