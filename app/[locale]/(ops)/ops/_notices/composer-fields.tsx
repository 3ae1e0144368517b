import { getTranslations } from "next-intl/server";

import { BilingualField } from "@/components/form/bilingual-field";
import { RadiosField } from "@/components/form/fields";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { FieldGroup } from "@/components/ui/field";
import { Section } from "@/components/ui/section";
import { ACTIONABILITIES } from "@/db/vocabulary/incidents";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { at } from "@/lib/addresses";

import { AdviceEditor } from "./advice-editor";
import { MatterFields } from "./matter-fields";
import { MeasureEditor } from "./measure-editor";
import { TellingFields } from "./telling-fields";
import { TypeFields } from "./type-fields";

type Props = { read: OpsNotice };

/** The sections of the form, in the order it is read. */
export async function partsOf({ notice }: OpsNotice) {
  const t = await getTranslations("incidents.desk.composer");
  const isAnnouncement = notice.type === "announcement";
  return [
    { anchor: "part-what", title: t(isAnnouncement ? "what.content" : "what.title") },
    ...(isAnnouncement
      ? mayHaveMatter(notice)
        ? [{ anchor: "part-matter", title: t("matter.title") }]
        : []
      : (["measures", "advice"] as const).map(partOf)),
    ...(["action", "telling"] as const).map(partOf),
  ];

  function partOf(part: "measures" | "advice" | "action" | "telling") {
    return { anchor: `part-${part}`, title: t(`${part}.title`) };
  }
}

/** What adds to an announcement or ends it says so in its text; a correction says the whole anew. */
const mayHaveMatter = ({ type, followKind }: OpsNotice["notice"]) =>
  type === "announcement" && (followKind === null || followKind === "correction");

/** Everything an author writes, in the order it is read. */
export async function ComposerFields({ read }: Props) {
  const { notice } = read;
  const { parts } = notice;
  const t = await getTranslations("incidents.desk.composer");
  const isAnnouncement = notice.type === "announcement";
  return (
    <>
      <Section
        id="part-what"
        title={t(isAnnouncement ? "what.content" : "what.title")}
        note={parts.format && t("what.markdown")}
      >
        <TypeFields read={read} />
        <IncidentGaps read={read} />
        <BilingualField
          name="title"
          label={t("what.heading")}
          required
          maxLength={120}
          values={parts.title}
        />
        <BilingualField
          name="situation"
          label={t(isAnnouncement ? "what.text" : "what.situation")}
          hint={isAnnouncement ? undefined : t("what.situationHint")}
          required
          rows={isAnnouncement ? 10 : 6}
          maxLength={5000}
          values={parts.situation}
        />
      </Section>
      {mayHaveMatter(notice) && <MatterFields parts={parts} />}
      {!isAnnouncement && <IncidentParts read={read} />}
      <Section id="part-action" title={t("action.title")}>
        <RadiosField
          name="actionability"
          label={t("action.label")}
          required
          defaultValue={parts.actionability}
          options={await actionabilities()}
        />
      </Section>
      <TellingFields read={read} />
    </>
  );
}

/** The parts that the guide promises of every notice of an incident (P21, P22). */
async function IncidentParts({ read: { notice } }: Props) {
  const { measures, adviceDevelopers, adviceEndUsers } = notice.parts;
  const t = await getTranslations("incidents.desk.composer");
  return (
    <>
      <Section id="part-measures" title={t("measures.title")} note={t("measures.note")}>
        <FieldGroup id="field-measures" label={t("measures.label")} required>
          <MeasureEditor measures={measures} />
        </FieldGroup>
      </Section>
      <Section id="part-advice" title={t("advice.title")} note={t("advice.note")}>
        <FieldGroup id="field-adviceDevelopers" label={t("advice.developers")} required>
          <AdviceEditor advice={adviceDevelopers} />
        </FieldGroup>
        <BilingualField
          name="adviceEndUsers"
          label={t("advice.endUsers")}
          hint={t("advice.endUsersHint")}
          required
          rows={5}
          maxLength={5000}
          values={adviceEndUsers}
        />
      </Section>
    </>
  );
}

async function actionabilities() {
  const [t, words] = await Promise.all([
    getTranslations("incidents.desk.composer.action"),
    getTranslations("notices.actionability"),
  ]);
  return ACTIONABILITIES.map((value) => ({ value, label: words(value), hint: t(value) }));
}

const GAPS = ["incident.dataKinds", "incident.cause"] as const;

/** What the incident itself must say before a notice of it may leave; each has the id its refusal links to. */
async function IncidentGaps({ read: { incident, missing } }: { read: OpsNotice }) {
  const t = await getTranslations("incidents.desk.composer");
  const words = await getTranslations("notices.errors.missing");
  const open = GAPS.filter((gap) => missing[gap]);
  if (!incident || open.length === 0) return null;
  return (
    <div className="mt-5 mb-5">
      <Banner
        tone="warn"
        title={t("incidentGaps")}
        actions={
          <ButtonLink size="sm" href={at("/ops/incidents/*/edit", incident.number)}>
            {t("editIncident")}
          </ButtonLink>
        }
      >
        {open.map((gap) => (
          <span key={gap} id={`field-${gap.replace(".", "-")}`} tabIndex={-1} className="block">
            {words(gap === "incident.cause" ? "cause" : "dataKinds")}
          </span>
        ))}
      </Banner>
    </div>
  );
}
