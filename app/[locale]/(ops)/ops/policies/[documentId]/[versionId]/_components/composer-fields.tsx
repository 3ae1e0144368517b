import { getTranslations } from "next-intl/server";

import { MarkdownField } from "@/components/editor/markdown-field";
import { CheckboxField, TextField } from "@/components/form/fields";
import { Section } from "@/components/ui/section";
import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import { type Context } from "@/domain/context";
import { type OpsVersion } from "@/domain/policies/find-version";
import { readText } from "@/text/offload";
import { placeNames } from "@/text/places";
import { outline } from "@/text/visible-text";
import { addDays, shanghaiDay } from "@/lib/shanghai";

import { drawText } from "../actions";
import { ChangeEditor } from "./change-editor";
import { MajorQuestions } from "./major-questions";

type Props = OpsVersion & { ctx: Context };

/** The sections of the form, in the order it is read. */
export async function versionParts() {
  const t = await getTranslations("policies.ops.composer");
  const parts = ["basics", "changes", "questions", "texts"] as const;
  return parts.map((part) => ({ anchor: `part-${part}`, title: t(`${part}.title`) }));
}

/** Everything an author writes, in the order it is read. */
export async function ComposerFields(props: Props) {
  const { version, document, texts } = props;
  const t = await getTranslations("policies.ops.composer");
  const { bindingLocale } = document;
  const locales = [bindingLocale, ...LOCALES.filter((locale) => locale !== bindingLocale)];

  return (
    <>
      <Basics {...props} />
      <Section id="part-changes" title={t("changes.title")} note={t("changes.note")}>
        <ChangeEditor
          changes={version.changes}
          locales={locales}
          places={await placesIn(texts[bindingLocale] ?? "", version.changes)}
        />
      </Section>
      <Section id="part-questions" title={t("questions.title")} note={t("questions.note")}>
        <MajorQuestions answers={version.majorAnswers} cardSince={props.cardSince} />
      </Section>
      <Section id="part-texts" title={t("texts.title")} note={t("texts.note")}>
        <div className="@container">
          <div className="grid gap-x-4 gap-y-5 @5xl:grid-cols-2">
            {locales.map((locale) => (
              // Each in a box of its own, where it is the first and needs no space above.
              <div key={locale} className="flex flex-col justify-end">
                <PolicyTextField {...props} locale={locale} />
              </div>
            ))}
          </div>
        </div>
      </Section>
    </>
  );
}

async function Basics({ ctx, version, isFirst }: Props) {
  const t = await getTranslations("policies.ops.composer.basics");
  return (
    <Section id="part-basics" title={t("title")}>
      <div className="grid gap-x-4 sm:grid-cols-2">
        <TextField
          name="label"
          label={t("label")}
          hint={t("labelHint")}
          required
          maxLength={20}
          defaultValue={version.label}
          spellCheck={false}
          autoComplete="off"
        />
        <TextField
          name="effectiveDate"
          type="date"
          label={t("effective")}
          hint={t(isFirst ? "effectiveHintFirst" : "effectiveHint")}
          required
          min={addDays(shanghaiDay(ctx.now), isFirst ? 0 : 1)}
          defaultValue={version.effectiveDate ?? ""}
          fieldClassName="sm:mt-0"
        />
      </div>
      <CheckboxField
        name="affectsEndUsers"
        label={t("endUsers")}
        hint={t("endUsersHint")}
        defaultChecked={version.affectsEndUsers}
      />
      <CheckboxField
        name="needsConsent"
        label={t("needsConsent")}
        hint={t("needsConsentHint")}
        defaultChecked={version.needsConsent}
      />
    </Section>
  );
}

async function PolicyTextField({ document, texts, sources, locale }: Props & { locale: Locale }) {
  const t = await getTranslations("policies.ops.composer.texts");
  const language = await getTranslations("policies.language");
  const own = await getTranslations({ locale, namespace: "policies.ops.composer.texts" });
  const source = sources.find((one) => one.locale === locale);
  const isBinding = locale === document.bindingLocale;
  return (
    <MarkdownField
      // A text that came from a file replaces the field; one that was typed leaves it alone.
      key={source ? source.updatedAt.toISOString() : "typed"}
      name={`texts.${locale}`}
      label={t(isBinding ? "binding" : "translation", { language: language(locale) })}
      aside={source?.name ? t("source", { name: source.name }) : undefined}
      required={isBinding}
      rows={18}
      lang={locale}
      spellCheck={false}
      sensitive={own("sensitive")}
      draw={drawText}
      defaultValue={texts[locale] ?? ""}
    />
  );
}

/** The sections a change may point to, and the places that changes already point to. */
async function placesIn(text: string, changes: OpsVersion["version"]["changes"]) {
  const blocks = await readText(text);
  const sections = outline(blocks);
  const named = placeNames(
    blocks,
    changes.map(({ anchor }) => anchor),
  );
  const known = new Set(sections.map(({ anchor }) => anchor));
  return [...sections, ...named.filter(({ anchor }) => !known.has(anchor))];
}
