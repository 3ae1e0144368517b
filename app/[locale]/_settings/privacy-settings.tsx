import { useLocale, useTranslations } from "next-intl";

import { changeSettingsAction } from "@/app/[locale]/(console)/settings/actions";
import { ActionForm } from "@/components/form/action-form";
import { CheckboxField, RadiosField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { FieldGroup } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { Section } from "@/components/ui/section";
import { CellNote, type Column, Table } from "@/components/ui/table";
import {
  type BroadcastKind,
  MAIL_PACES,
  OPTIONAL_MAILS,
  OPTIONAL_PUSHES,
  type OptionalMail,
  type OptionalPush,
} from "@/db/vocabulary/broadcasts";
import { LOCALES } from "@/db/vocabulary/languages";
import type { readOwnSettings } from "@/domain/access/own-settings";
import { vendorName } from "@/server/vendor";

type Settings = Awaited<ReturnType<typeof readOwnSettings>>;
type Props = { settings: Settings; isStaff: boolean };

/** The row that tells of a kind of broadcast: a new kind has to be placed. */
const ROW_OF = {
  policy_change: "policy",
  acknowledgement_reminder: "policy",
  ask_message: "policy",
  own_policy_reminder: "policy",
  contacts_check: "access",
  withdrawal: "policy",
  incident_notice: "incident",
  request_update: "request",
  acknowledgement_receipt: "receipt",
  deregistration_update: "deregistration",
  access_update: "access",
  security_alarm: "duty",
  notice_look: "duty",
  wave_stopped: "duty",
  announcement: "announcement",
  bulletin: "bulletin",
  checkpoint: "checkpoint",
  digest: "announcement",
} as const satisfies Record<BroadcastKind, string>;

type Row = (typeof ROW_OF)[BroadcastKind] | "minor";
const OF_STAFF: readonly Row[] = ["duty", "access"];
/** Of policies, what is minor stands apart: its mail may be turned off. */
const OF_MEMBERS: readonly Row[] = [...new Set(Object.values(ROW_OF))]
  .filter((row) => row !== "duty")
  .flatMap((row) => (row === "policy" ? ([row, "minor"] as const) : [row]));

/** Of which rows the mail is chosen: it is among one's messages as well, and no law or promise asks for it. */
const MAIL_OF: Partial<Record<string, OptionalMail>> = {
  minor: "minor_changes",
  announcement: "announcements",
};
/** Which rows show up in a browser: always where it was turned on, or as chosen; others never do. */
const PUSH_OF: Partial<Record<string, OptionalPush | "always">> = {
  ...{ policy: "always", incident: "always" },
  ...{ minor: "minor_changes", request: "requests", announcement: "announcements" },
};

/** What is not always among one's messages. */
const IN_SITE: Partial<Record<string, "keptThere" | "never">> = {
  receipt: "keptThere",
  bulletin: "never",
  checkpoint: "never",
};

const SEEN = ["name", "address", "answers", "told", "requests", "security", "acts"] as const;

/**
 * Which tellings come by which channel, and who sees what of a person: what is fixed says why, the
 * rest is chosen (P23, P41). Staff choose the language alone: announcements concern accounts, and are
 * chosen in the console.
 */
export function PrivacySettings({ settings, isStaff }: Props) {
  const t = useTranslations("access.settings");
  const languages = useTranslations("accounts.locale");
  return (
    <Section id="privacy" title={t("privacy")}>
      <ActionForm
        action={changeSettingsAction}
        className={isStaff ? "max-w-measure" : "max-w-pair"}
        doneMessage={t("saved")}
      >
        <RadiosField
          name="mailLocale"
          label={t("locale")}
          hint={t("localeHint")}
          inline
          defaultValue={settings.locale}
          options={LOCALES.map((value) => ({ value, label: languages(value) }))}
        />
        <Channels settings={settings} isStaff={isStaff} />
        {isStaff ? <KeptSettings settings={settings} /> : <Visibility settings={settings} />}
        <div className="mt-6">
          <SubmitButton>{t("save")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

/** What is chosen in the console alone goes with the form unchanged. */
const KeptSettings = ({ settings }: { settings: Settings }) =>
  [
    ...OPTIONAL_MAILS.map((mail) => [`mails.${mail}`, settings.mails[mail]] as const),
    ...OPTIONAL_PUSHES.map((push) => [`pushes.${push}`, settings.pushes[push] && "yes"] as const),
    ["showsAddress", settings.showsAddress && "yes"] as const,
  ].map(([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />);

function Channels({ settings, isStaff }: Props) {
  const t = useTranslations("access.settings");
  const browserColumn: Column<Row> = {
    header: t("column.browser"),
    cell: (kind) => {
      const push = PUSH_OF[kind];
      if (!push || push === "always") return t(push ? "whereOn" : "notThere");
      return (
        <div className="min-w-20">
          <CheckboxField
            name={`pushes.${push}`}
            label={t("show")}
            aria-label={t(`pushed.${push}`)}
            defaultChecked={settings.pushes[push]}
          />
        </div>
      );
    },
  };
  return (
    <FieldGroup
      id="field-channels"
      label={t("channels")}
      hint={
        <span className="max-w-measure block">{t(isStaff ? "channelsStaff" : "channelsHint")}</span>
      }
    >
      <Table
        caption={t("channels")}
        rows={isStaff ? OF_STAFF : OF_MEMBERS}
        rowKey={(kind) => kind}
        columns={[
          {
            header: t("column.what"),
            rowHeader: true,
            cell: (kind) => (
              <>
                {t(`told.${kind}`)}
                <CellNote>{t(`why.${kind}`)}</CellNote>
              </>
            ),
          },
          {
            header: t("column.inbox"),
            nowrap: true,
            cell: (kind) => t(IN_SITE[kind] ?? "always"),
          },
          {
            header: t("column.email"),
            cell: (kind) => {
              const mail = MAIL_OF[kind];
              if (!mail) return t(IN_SITE[kind] === "never" ? "subscribed" : "always");
              return <PaceField mail={mail} paces={settings.mails} />;
            },
          },
          ...(isStaff ? [] : [browserColumn]),
        ]}
      />
      {!isStaff && <p className="text-small text-ink-muted max-w-measure mt-2">{t("digest")}</p>}
      <p className="text-small text-ink-muted max-w-measure mt-2">{t("otherMails")}</p>
    </FieldGroup>
  );
}

type PaceProps = { mail: OptionalMail; paces: Settings["mails"] };

/** At once, once a day together, or not at all; its row and column say of what, but for who hears it alone. */
function PaceField({ mail, paces }: PaceProps) {
  const t = useTranslations("access.settings");
  return (
    <div className="min-w-36">
      <Select name={`mails.${mail}`} aria-label={t(`mailed.${mail}`)} defaultValue={paces[mail]}>
        {MAIL_PACES.map((pace) => (
          <option key={pace} value={pace}>
            {t(`pace.${pace}`)}
          </option>
        ))}
      </Select>
    </div>
  );
}

function Visibility({ settings }: { settings: Settings }) {
  const t = useTranslations("access.settings");
  const vendor = vendorName(useLocale());
  return (
    <FieldGroup id="field-visibility" label={t("visibility")} hint={t("visibilityHint")}>
      <Table
        caption={t("visibility")}
        rows={SEEN}
        rowKey={(what) => what}
        columns={[
          { header: t("column.held"), rowHeader: true, cell: (what) => t(`seen.${what}`) },
          {
            header: t("column.by"),
            cell: (what) => (
              <div>
                {t(`by.${what}`, { vendor })}
                <CellNote>{t(`whySeen.${what}`)}</CellNote>
                {what === "address" && (
                  <div className="mt-1">
                    <CheckboxField
                      name="showsAddress"
                      label={t("showsAddress")}
                      defaultChecked={settings.showsAddress}
                    />
                  </div>
                )}
              </div>
            ),
          },
        ]}
      />
    </FieldGroup>
  );
}
