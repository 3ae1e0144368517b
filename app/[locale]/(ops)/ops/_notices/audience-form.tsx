import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import {
  CheckboxesField,
  CheckboxField,
  RadiosField,
  SelectField,
  TextField,
} from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import { type AudienceRule } from "@/db/schema";
import {
  CHOSEN_CONTACTS,
  type ChosenContact,
  DECLARATION_TOPICS,
  PLATFORMS,
  REGIONS,
  USUAL_CONTACTS,
} from "@/db/vocabulary/accounts";
import { type listAccountChoices } from "@/domain/incidents/chosen-accounts";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { type AUDIENCE_WAYS } from "@/domain/incidents/input";
import { isNarrowed } from "@/domain/incidents/rules";
import { type Candidate } from "@/domain/incidents/list-rehearsable";
import { formatDate, formatNumber } from "@/lib/format";
import { localized } from "@/lib/localized";

import { audienceAction } from "./actions";
import { IdListField } from "./id-list-field";
import { SkipRefusedLines } from "./skip-refused-lines";
import { versionsText } from "./rule-text";

type Props = {
  read: OpsNotice;
  /** The accounts a rehearsal may tell, to be ticked; none of what is no rehearsal. */
  candidates?: readonly Candidate[];
  choices: Awaited<ReturnType<typeof listAccountChoices>>;
};

/** A rule of platforms, versions and regions, or a list of SDKAppIDs; and which apps are left out. */
export async function AudienceForm({ read, choices, candidates = [] }: Props) {
  const { notice } = read;
  const { audience, revision } = notice;
  const [t, locale] = await Promise.all([
    getTranslations("incidents.desk.audienceForm"),
    getLocale(),
  ]);
  const isRehearsal = audience.rehearsal === true;
  const by = wayOf(audience) ?? (isRehearsal ? "accounts" : undefined);

  return (
    <ActionForm action={audienceAction} guard label={t("title")} doneMessage={t("saved")}>
      <input type="hidden" name="noticeId" value={notice.id} />
      <input type="hidden" name="revision" value={revision} />
      {/* What was saved takes the place of what was typed: lists come back sorted out. */}
      <div key={revision} className="group/by">
        <Section title={t("title")}>
          <RadiosField
            name="by"
            label={t("by")}
            required
            {...(by && { defaultValue: by })}
            options={[
              ...(isRehearsal
                ? [{ value: "accounts", label: t("byAccounts"), hint: t("byAccountsHint") }]
                : []),
              {
                value: "everybody",
                label: t("byEverybody"),
                hint: t("byEverybodyHint", {
                  product: read.product[locale],
                  apps: formatNumber(read.measured.allApps, locale),
                }),
              },
              {
                value: "rule",
                label: t("byRule"),
                hint: t("byRuleHint", { product: read.product[locale] }),
              },
              { value: "list", label: t("byList"), hint: t("byListHint") },
            ]}
          />
          <div className="mt-6 hidden group-has-[[value=rule]:checked]/by:block">
            <RuleFields read={read} choices={choices} />
          </div>
          {isRehearsal && (
            <div className="mt-6 hidden group-has-[[value=accounts]:checked]/by:block">
              <AccountFields candidates={candidates} />
            </div>
          )}
          <div className="mt-6 hidden group-has-[[value=list]:checked]/by:block">
            <IdListField
              name="named"
              label={t("named")}
              hint={t("listHint")}
              ids={audience.sdkAppIds}
              required
            />
          </div>
        </Section>
        {read.visibility !== "restricted" && (
          <ContactFields contacts={audience.contacts ?? USUAL_CONTACTS} />
        )}
        <Section title={t("excludedTitle")} note={t("excludedNote")}>
          <IdListField
            name="excluded"
            label={t("excluded")}
            hint={t("listHint")}
            ids={audience.excludedSdkAppIds}
          />
        </Section>
        <SkipRefusedLines />
      </div>
      <div className="mt-6">
        <SubmitButton pendingLabel={t("counting")}>
          {t(notice.status === "in_review" ? "saveAndReturn" : "save")}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}

/** How it was chosen; undefined as long as nobody has. */
function wayOf(audience: AudienceRule): (typeof AUDIENCE_WAYS)[number] | undefined {
  if (audience.undecided) return undefined;
  if (audience.sdkAppIds.length > 0) return "list";
  return isNarrowed(audience) ? "rule" : "everybody";
}

/** The accounts of which least is known first: those from which no mail has come back as arrived. */
async function AccountFields({ candidates }: Required<Pick<Props, "candidates">>) {
  const [t, locale] = await Promise.all([
    getTranslations("incidents.desk.audienceForm"),
    getLocale(),
  ]);
  if (candidates.length === 0) return <p className="text-ink-muted">{t("noAccounts")}</p>;
  return (
    <CheckboxesField
      name="accountIds"
      label={t("accounts")}
      hint={t("accountsHint", { count: candidates.length })}
      defaultValues={candidates.flatMap(({ id, isChosen }) => (isChosen ? [id] : []))}
      options={candidates.map(({ id, name, uin, apps, lastArrivedAt, isMeasured }) => ({
        value: id,
        label: t("accountLine", {
          ...{ name, uin, apps },
          arrived: lastArrivedAt
            ? formatDate(lastArrivedAt, locale)
            : t(isMeasured ? "neverArrived" : "notMeasured"),
        }),
      }))}
    />
  );
}

/** Whom of each account, beside those who are always told. */
async function ContactFields({ contacts }: { contacts: readonly ChosenContact[] }) {
  const [t, kind] = await Promise.all([
    getTranslations("incidents.desk.audienceForm"),
    getTranslations("contacts.kind"),
  ]);
  return (
    <Section title={t("contactsTitle")}>
      <input type="hidden" name="contacts" value="" />
      <CheckboxesField
        name="contacts"
        label={t("contacts")}
        hint={t("contactsHint")}
        inline
        defaultValues={contacts}
        options={CHOSEN_CONTACTS.map((value) => ({ value, label: kind(value) }))}
      />
    </Section>
  );
}

async function RuleFields({ read, choices }: Pick<Props, "read" | "choices">) {
  const { platforms, regions, apiOnly, versionRange, declared = [] } = read.notice.audience;
  const [locale, t, platform, region, result] = await Promise.all([
    getLocale(),
    getTranslations("incidents.desk.audienceForm"),
    getTranslations("accounts.platform"),
    getTranslations("accounts.region"),
    getTranslations("accounts.declarations.result"),
  ]);
  return (
    <>
      <CheckboxesField
        name="platforms"
        label={t("platforms")}
        hint={t("platformsHint")}
        inline
        defaultValues={platforms}
        options={PLATFORMS.map((value) => ({ value, label: platform(value) }))}
      />
      <CheckboxField
        name="apiOnly"
        label={t("apiOnly")}
        hint={t("apiOnlyHint")}
        defaultChecked={apiOnly}
      />
      <TextField
        name="versionRange"
        label={t("versionRange")}
        hint={
          versionRange
            ? `${t("versionRangeHint")} ${t("understood", { versions: versionsText(versionRange, locale) })}`
            : t("versionRangeHint")
        }
        defaultValue={versionRange}
        maxLength={1000}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className="max-w-88"
      />
      <CheckboxesField
        name="regions"
        label={t("regions")}
        hint={t("regionsHint")}
        inline
        defaultValues={regions}
        options={REGIONS.map((value) => ({ value, label: region(value) }))}
      />
      <CheckboxesField
        name="declared"
        label={t("declared")}
        hint={t("declaredHint")}
        inline
        defaultValues={declared}
        options={DECLARATION_TOPICS.map((value) => ({ value, label: result(`${value}.yes`) }))}
      />
      <AccountChoices rule={read.notice.audience} choices={choices} />
    </>
  );
}

/** Of whom the apps are: accounts with a tag, or those that an earlier telling told. */
async function AccountChoices({ rule, choices }: Pick<Props, "choices"> & { rule: AudienceRule }) {
  const [t, locale] = await Promise.all([
    getTranslations("incidents.desk.audienceForm"),
    getLocale(),
  ]);
  const { tags = [], toldBy } = rule;
  const tellings = choices.tellings.map(({ id, name, startedAt }) => ({
    value: id,
    label: `${formatDate(startedAt, locale)} ${localized(name, locale).text}`,
  }));
  // What was chosen stays a choice, though it is no longer among them.
  const isOffered = !toldBy || tellings.some(({ value }) => value === toldBy.broadcastId);
  const offered = [...new Set([...tags, ...choices.tags])];
  return (
    <>
      {offered.length > 0 && (
        <CheckboxesField
          name="tags"
          label={t("tags")}
          hint={t("tagsHint")}
          inline
          defaultValues={tags}
          options={offered.map((value) => ({ value, label: value }))}
        />
      )}
      <SelectField
        name="toldBy"
        label={t("toldBy")}
        hint={t("toldByHint")}
        defaultValue={toldBy?.broadcastId ?? ""}
        options={[
          { value: "", label: t("toldByAnybody") },
          ...(isOffered
            ? []
            : [{ value: toldBy.broadcastId, label: localized(toldBy.name, locale).text }]),
          ...tellings,
        ]}
      />
    </>
  );
}
