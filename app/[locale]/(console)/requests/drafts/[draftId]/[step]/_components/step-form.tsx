import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { RadiosField, SelectField, TextareaField, TextField } from "@/components/form/fields";
import { FileField } from "@/components/form/file-field";
import { SubmitButton } from "@/components/form/submit-button";
import {
  DELETION_GROUNDS,
  isChosen,
  LEGAL_REGIONS,
  type RequestDetail,
} from "@/db/vocabulary/requests";
import { detailChoices } from "@/components/requests/detail-words";
import type { Context } from "@/domain/context";
import { filingAccounts } from "@/domain/requests/capacity";
import {
  asksForOne,
  type FilingStep,
  GROUND_CHOICES,
  isDeveloper,
  typeChoices,
} from "@/domain/requests/filing-steps";
import type { Draft } from "@/domain/requests/read-draft";
import { detailsOf, needsFacts } from "@/domain/requests/rights";
import { LONGEST_SUBJECT, writeSubjects } from "@/domain/requests/subject-list";
import { WhoFields } from "@/app/[locale]/(console)/requests/_components/who-fields";
import { saveStepAction } from "@/app/[locale]/(console)/requests/new/actions";

import { PlaceFields, PlacePages, PlaceSearch, readPlaces, type Slice } from "./place-fields";

type Asked = Exclude<FilingStep, "check" | "proof">;
type Props = {
  ctx: Context;
  draft: Draft;
  step: Asked;
  isFromCheck: boolean;
  /** Which of the accounts and apps to choose from. */
  slice: Slice;
};

/** The form of one page; what was typed before stands in it. */
export async function StepForm({ ctx, draft, step, isFromCheck, slice }: Props) {
  const t = await getTranslations("requests.filing");
  const places = step === "account" ? await readPlaces(ctx, draft, slice) : null;
  return (
    <>
      {places && <PlaceSearch places={places} isFromCheck={isFromCheck} />}
      <ActionForm action={saveStepAction} guard>
        <input type="hidden" name="draftId" value={draft.id} />
        <input type="hidden" name="step" value={step} />
        {isFromCheck && <input type="hidden" name="back" value="check" />}
        {places ? <PlaceFields places={places} /> : <Fields ctx={ctx} draft={draft} step={step} />}
        <div className="mt-6">
          <SubmitButton>{t("saveAndNext")}</SubmitButton>
        </div>
      </ActionForm>
      {places && <PlacePages places={places} isFromCheck={isFromCheck} />}
    </>
  );
}

type FieldsProps = Pick<Props, "ctx" | "draft" | "step">;

async function Fields({ ctx, draft, step }: FieldsProps) {
  const t = await getTranslations("requests.filing");
  const { answers } = draft;
  switch (step) {
    case "who":
      return (
        <WhoFields capacity={answers.capacity} isDeveloper={filingAccounts(ctx.actor).length > 0} />
      );
    case "account":
      return null;
    case "app":
      return (
        <>
          <TextField
            name="appName"
            label={t("app.name")}
            hint={t("app.nameHint")}
            defaultValue={answers.appName}
            required
          />
          <TextField
            name="sdkAppId"
            label={t("app.sdkAppId")}
            hint={t("app.sdkAppIdHint")}
            defaultValue={answers.sdkAppId}
            inputMode="numeric"
          />
        </>
      );
    case "type":
    case "ground":
      return <ChoiceFields draft={draft} step={step} />;
    case "facts":
      return <FactsFields answers={answers} />;
    case "subjects":
      return <SubjectFields draft={draft} />;
  }
}

/** What the form of the type asks, then anything else, and whose law sets a limit of its own. */
async function FactsFields({ answers }: Pick<Draft, "answers">) {
  const t = await getTranslations("requests.filing");
  const { type, capacity, details = {}, facts, region } = answers;
  const isNeeded = needsFacts(type, capacity);
  return (
    <>
      {detailsOf(type, capacity).map((detail) => (
        <DetailField key={detail} detail={detail} value={details[detail]} />
      ))}
      <TextareaField
        name="facts"
        label={t(isNeeded ? "facts.label" : "facts.more")}
        hint={t("facts.hint")}
        defaultValue={facts}
        rows={isNeeded ? 8 : 4}
        required={isNeeded}
      />
      <SelectField
        name="region"
        label={t("region.label")}
        hint={t("region.hint")}
        defaultValue={region ?? ""}
        options={[
          { value: "", label: t("region.none") },
          ...LEGAL_REGIONS.map((value) => ({ value, label: t(`region.of.${value}`) })),
        ]}
      />
    </>
  );
}

/** A question of the form: a choice of a few, or words. A list is as good as said of a developer's users. */
async function DetailField({
  detail,
  value,
}: {
  detail: RequestDetail;
  value?: string | undefined;
}) {
  const t = await getTranslations("requests.filing.details");
  if (!isChosen(detail))
    return (
      <TextareaField
        name={`details.${detail}`}
        label={t(`labels.${detail}`)}
        hint={t(`hints.${detail}`)}
        defaultValue={value}
        rows={3}
        maxLength={2000}
        required
      />
    );
  return (
    <RadiosField
      name={`details.${detail}`}
      label={t(`labels.${detail}`)}
      required
      defaultValue={value ?? (detail === "scope" ? "users" : undefined)}
      options={detailChoices(detail).map(({ value: one, label }) => ({
        value: one,
        label: t(label),
      }))}
    />
  );
}

/** One person has one name in an app; a developer's users are a list. */
async function SubjectFields({ draft }: { draft: Draft }) {
  const t = await getTranslations("requests.filing.subjects");
  const { answers } = draft;
  const { subjects = [] } = answers;
  if (asksForOne(answers))
    return (
      <TextField
        name="list"
        label={t(`one.${answers.capacity}`)}
        hint={t("one.hint")}
        defaultValue={writeSubjects(subjects)}
        maxLength={LONGEST_SUBJECT}
        autoComplete="off"
        required
      />
    );
  return (
    <>
      <TextareaField
        name="list"
        label={t("label")}
        hint={t("hint")}
        defaultValue={writeSubjects(subjects)}
        rows={10}
        className="font-mono"
      />
      <FileField name="csv" label={t("csv")} hint={t("csvHint")} accept=".csv,.txt" />
    </>
  );
}

async function ChoiceFields({ draft, step }: { draft: Draft; step: "type" | "ground" }) {
  const [t, type] = await Promise.all([
    getTranslations("requests.filing"),
    getTranslations("requests.type"),
  ]);
  const options =
    step === "type"
      ? typeChoices(draft.answers.capacity).map((value) => ({
          value,
          label: type(value),
          hint: t(`type.hints.${value}`),
        }))
      : groundsFor(draft).map((value) => ({ value, label: t(`ground.choices.${value}`) }));
  return (
    <RadiosField
      name={step}
      label={t(`labels.${step}`)}
      options={options}
      defaultValue={draft.answers[step]}
    />
  );
}

/** A developer knows on which ground; anybody else may leave it to the handler. */
const groundsFor = ({ answers }: Draft) =>
  isDeveloper(answers.capacity) ? DELETION_GROUNDS : GROUND_CHOICES;
