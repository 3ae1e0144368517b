import { getTranslations } from "next-intl/server";

import { RadiosField, SelectField, TextareaField } from "@/components/form/fields";
import { MomentField } from "@/components/form/moment-field";
import { Section } from "@/components/ui/section";
import { HOME_ZONE, TIME_ZONES } from "@/db/vocabulary/zones";
import { type OpsNotice } from "@/domain/incidents/find-notice";

import { WaveFields } from "./wave-fields";

/** Whether its publication is told by mail and in-site message, to whom first, and, of an announcement, who may read it and when it goes out. */
export async function TellingFields({ read: { notice } }: { read: OpsNotice }) {
  const [t, visibility, follow] = await Promise.all([
    getTranslations("incidents.desk.composer.telling"),
    getTranslations("incidents.desk.visibility"),
    getTranslations("incidents.desk.follow"),
  ]);
  if (notice.followsId)
    return (
      <Section id="part-telling" title={t("title")}>
        <p className="text-ink-muted max-w-measure">
          {follow(notice.notifies ? "audience" : "silent")} {follow("fixed")}
        </p>
        <input type="hidden" name="notifies" value={notice.notifies ? "yes" : "no"} />
        <input type="hidden" name="silentReason" value={notice.silentReason ?? ""} />
      </Section>
    );
  return (
    <Section id="part-telling" title={t("title")}>
      {notice.type === "announcement" && (
        <RadiosField
          name="visibility"
          label={t("visibility")}
          required
          defaultValue={notice.visibility}
          options={(["public", "affected"] as const).map((value) => ({
            value,
            label: visibility(value),
            hint: t(`visibilityHint.${value}`),
          }))}
        />
      )}
      <div className="group/telling mt-5">
        <RadiosField
          name="notifies"
          label={t("notifies")}
          required
          defaultValue={notice.notifies ? "yes" : "no"}
          options={(["yes", "no"] as const).map((value) => ({
            value,
            label: t(value),
            hint: t(`hint.${value}`),
          }))}
        />
        <div className="mt-5 group-has-[[value=yes]:checked]/telling:hidden">
          <TextareaField
            name="silentReason"
            label={t("reason")}
            hint={t("reasonHint")}
            required
            rows={3}
            maxLength={1000}
            defaultValue={notice.silentReason ?? ""}
          />
        </div>
        <WaveFields waves={notice.waves} />
      </div>
      {notice.type === "announcement" && <PlannedFields notice={notice} />}
    </Section>
  );
}

/** When it goes out, and by whose clock. */
async function PlannedFields({ notice }: Pick<OpsNotice, "notice">) {
  const [t, zones] = await Promise.all([
    getTranslations("incidents.desk.composer.telling"),
    getTranslations("ui.zones"),
  ]);
  const zone = notice.goesOutZone ?? HOME_ZONE;
  return (
    <div className="mt-5 flex flex-wrap items-end gap-x-4 gap-y-3">
      <MomentField
        name="goesOutAt"
        label={t("goesOutAt")}
        hint={t("goesOutHint")}
        at={notice.goesOutAt}
        zone={zone}
      />
      <SelectField
        name="goesOutZone"
        label={zones("label")}
        defaultValue={zone}
        options={TIME_ZONES.map((value) => ({ value, label: zones(`name.${value}`) }))}
        fieldClassName="mt-0 max-w-64"
      />
    </div>
  );
}
