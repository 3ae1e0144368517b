import { getTranslations } from "next-intl/server";

import { changeSettingsAction } from "@/app/[locale]/(console)/settings/actions";
import { ActionForm } from "@/components/form/action-form";
import { RadiosField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { LOCALES } from "@/db/vocabulary";
import { readOwnSettings } from "@/domain/access/own-settings";
import { requireContext } from "@/server/session";

export async function generateMetadata() {
  const t = await getTranslations("access.settings");
  return { title: t("title") };
}

/** What a member of staff chooses for themselves: the language of their mails. */
export default async function StaffSettingsPage() {
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
        <p className="mb-5">{t("leadStaff")}</p>
        {/* Chosen in the console, where there is an account that announcements concern. */}
        {settings.wantsAnnouncementMails && (
          <input type="hidden" name="wantsAnnouncementMails" value="on" />
        )}
        <RadiosField
          name="mailLocale"
          label={t("locale")}
          hint={t("localeHint")}
          inline
          defaultValue={settings.locale}
          options={LOCALES.map((value) => ({ value, label: languages(value) }))}
        />
        <div className="mt-6">
          <SubmitButton>{t("save")}</SubmitButton>
        </div>
      </ActionForm>
      <Section title={t("always")}>
        <p className="max-w-measure">{t("alwaysStaff")}</p>
      </Section>
    </>
  );
}
