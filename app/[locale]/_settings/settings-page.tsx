import { getTranslations } from "next-intl/server";

import { changeSettingsAction } from "@/app/[locale]/(console)/settings/actions";
import { ActionForm } from "@/components/form/action-form";
import { CheckboxField, RadiosField } from "@/components/form/fields";
import { ShortcutHelp } from "@/components/layout/shortcuts";
import { SubmitButton } from "@/components/form/submit-button";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { LOCALES } from "@/db/vocabulary/languages";
import { readOwnFactors } from "@/domain/access/factors";
import { readOwnData } from "@/domain/access/own-data";
import { listOwnSessions } from "@/domain/access/own-sessions";
import { readOwnSettings } from "@/domain/access/own-settings";
import { may } from "@/domain/access/permissions";
import { requireContext } from "@/server/session";

import { Factors, ResetFactors } from "./factors";
import { OwnData } from "./own-data";
import { Sessions } from "./sessions";

const ALWAYS = ["policy", "incident", "request", "receipt", "deregistration"] as const;

/** The title of the page, in the console and in operations. */
export async function settingsMetadata() {
  const t = await getTranslations("access.settings");
  return { title: t("title") };
}

/**
 * What a person chooses for themselves; what is mandatory is named and has no switch (P41). Staff
 * choose the language alone: announcements concern accounts, and are chosen in the console.
 */
export async function SettingsPage({ isStaff }: { isStaff: boolean }) {
  const ctx = await requireContext("access.changeOwn");
  const [t, shortcuts, languages, settings, sessions, factors, data] = await Promise.all([
    getTranslations("access.settings"),
    getTranslations("ui.shortcuts"),
    getTranslations("accounts.locale"),
    readOwnSettings(ctx, {}),
    listOwnSessions(ctx, {}),
    readOwnFactors(ctx, {}),
    readOwnData(ctx, {}),
  ]);
  return (
    <>
      <PageHead
        title={t("title")}
        note={
          <>
            {ctx.actor.name} · <span className="wrap-anywhere">{ctx.actor.email}</span>
          </>
        }
      />
      <ActionForm action={changeSettingsAction} className="max-w-form" doneMessage={t("saved")}>
        <p className="mb-5">{t(isStaff ? "leadStaff" : "lead")}</p>
        <RadiosField
          name="mailLocale"
          label={t("locale")}
          hint={t("localeHint")}
          inline
          defaultValue={settings.locale}
          options={LOCALES.map((value) => ({ value, label: languages(value) }))}
        />
        {isStaff ? <KeptSettings settings={settings} /> : <OwnSettings settings={settings} />}
        <div className="mt-6">
          <SubmitButton>{t("save")}</SubmitButton>
        </div>
      </ActionForm>
      <Section title={t("always")}>
        <p className="max-w-measure">{t(isStaff ? "alwaysStaff" : "alwaysText")}</p>
        {!isStaff && (
          <ul className="max-w-measure mt-2 list-disc pl-5">
            {ALWAYS.map((one) => (
              <li key={one}>{t(one)}</li>
            ))}
          </ul>
        )}
      </Section>
      <Sessions sessions={sessions} />
      <Factors own={factors} isStaff={isStaff} />
      {may(ctx.actor, "staff.manage") && <ResetFactors />}
      <OwnData data={data} />
      <Section title={shortcuts("title")}>
        <ShortcutHelp />
      </Section>
    </>
  );
}

type Settings = Awaited<ReturnType<typeof readOwnSettings>>;

/** What is chosen in the console alone goes with the form unchanged. */
function KeptSettings({ settings }: { settings: Settings }) {
  return (["wantsAnnouncementMails", "showsAddress"] as const).map(
    (name) => settings[name] && <input key={name} type="hidden" name={name} value="on" />,
  );
}

async function OwnSettings({ settings }: { settings: Settings }) {
  const t = await getTranslations("access.settings");
  return (
    <>
      <fieldset className="mt-5">
        <legend className="font-semibold">{t("mails")}</legend>
        <CheckboxField
          name="wantsAnnouncementMails"
          label={t("announcements")}
          hint={t("announcementsHint")}
          defaultChecked={settings.wantsAnnouncementMails}
        />
      </fieldset>
      <fieldset className="mt-5">
        <legend className="font-semibold">{t("visibility")}</legend>
        <CheckboxField
          name="showsAddress"
          label={t("showsAddress")}
          hint={t("showsAddressHint")}
          defaultChecked={settings.showsAddress}
        />
      </fieldset>
    </>
  );
}
