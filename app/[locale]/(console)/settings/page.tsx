import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { CheckboxField, RadiosField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { LOCALES } from "@/db/vocabulary";
import { readOwnSettings } from "@/domain/access/own-settings";
import { requireContext } from "@/server/session";

import { changeSettingsAction } from "./actions";

export async function generateMetadata() {
  const t = await getTranslations("access.settings");
  return { title: t("title") };
}

const ALWAYS = ["policy", "incident", "request", "receipt", "deregistration"] as const;

/** What a person chooses for themselves; what is mandatory is named and has no switch (P41). */
export default async function SettingsPage() {
  const ctx = await requireContext("access.changeOwn");
  const [t, languages, settings] = await Promise.all([
    getTranslations("access.settings"),
    getTranslations("accounts.locale"),
    readOwnSettings(ctx, {}),
  ]);
  return (
    <>
      <PageHead title={t("title")} note={`${ctx.actor.name} · ${ctx.actor.email}`} />
      <ActionForm action={changeSettingsAction} className="max-w-160" doneMessage={t("saved")}>
        <p className="mb-5">{t("lead")}</p>
        <RadiosField
          name="mailLocale"
          label={t("locale")}
          hint={t("localeHint")}
          inline
          defaultValue={settings.locale}
          options={LOCALES.map((value) => ({ value, label: languages(value) }))}
        />
        <fieldset className="mt-5">
          <legend className="font-semibold">{t("mails")}</legend>
          <div>
            <CheckboxField
              name="wantsAnnouncementMails"
              label={t("announcements")}
              hint={t("announcementsHint")}
              defaultChecked={settings.wantsAnnouncementMails}
            />
          </div>
        </fieldset>
        <div className="mt-6">
          <SubmitButton>{t("save")}</SubmitButton>
        </div>
      </ActionForm>
      <Section title={t("always")}>
        <p className="max-w-measure text-ink-muted mb-2">{t("alwaysText")}</p>
        <ul className="max-w-measure list-disc pl-5">
          {ALWAYS.map((one) => (
            <li key={one}>{t(one)}</li>
          ))}
        </ul>
      </Section>
    </>
  );
}
