import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { fieldId } from "@/components/form/field-id";
import { SubmitButton } from "@/components/form/submit-button";
import { CheckStatus } from "@/components/ui/check-status";
import { Section } from "@/components/ui/section";
import { type OpsVersion } from "@/domain/policies/find-version";
import { formatTableDateTime } from "@/lib/format";
import type { ImportWarning, ImportWarningKind } from "@/text/import-warnings";

import { confirm } from "../actions";

type Props = Pick<OpsVersion, "version" | "warned"> & {
  /** Whether its author is looking, who confirms; a reviewer only reads. */
  isOpen?: boolean;
};

/** What imports left out of the texts or wrote otherwise, by kind, until an author has looked at it. */
export async function ImportWarnings({ version, warned, isOpen = true }: Props) {
  const [t, say, language] = await Promise.all([
    getTranslations("policies.ops.import.warned"),
    getTranslations("policies.errors.import"),
    getTranslations("policies.language"),
  ]);
  return warned.map(({ locale, warnings, confirmedAt }) => (
    <Section
      key={locale}
      id={fieldId(`warnings.${locale}`)}
      title={t("title", { language: language(locale) })}
      note={confirmedAt ? undefined : t("lead")}
    >
      <dl className="text-ui grid gap-3">
        {byKind(warnings).map(([kind, found]) => (
          <div key={kind}>
            <dt>{say(`warnings.${kind}`)}</dt>
            <Found found={found} />
          </div>
        ))}
      </dl>
      <div className="mt-4">
        {confirmedAt ? (
          <CheckStatus isGood>
            {t("confirmed", { at: formatTableDateTime(confirmedAt) })}
          </CheckStatus>
        ) : !isOpen ? (
          <CheckStatus isGood={false}>{t("unconfirmed")}</CheckStatus>
        ) : (
          <ActionForm action={confirm} label={t("title", { language: language(locale) })}>
            <input type="hidden" name="versionId" value={version.id} />
            <input type="hidden" name="revision" value={version.revision} />
            <input type="hidden" name="locale" value={locale} />
            <SubmitButton variant="outline">{t("confirm")}</SubmitButton>
          </ActionForm>
        )}
      </div>
    </Section>
  ));
}

/** The words, and where they stand; some kinds have neither. */
async function Found({ found }: { found: readonly ImportWarning[] }) {
  const t = await getTranslations("policies.ops.import.warned");
  return found
    .filter(({ words, place }) => words !== null || place !== null)
    .map(({ words, place }, index) => (
      <dd key={index} className="border-line-strong mt-1 border-l-2 pl-3 wrap-anywhere">
        {words !== null && <q className="before:content-none after:content-none">{words}</q>}
        {place !== null && place !== words && (
          <span className="text-small text-ink-muted block">{t("at", { place })}</span>
        )}
      </dd>
    ));
}

function byKind(warnings: readonly ImportWarning[]): [ImportWarningKind, ImportWarning[]][] {
  const kinds = new Map<ImportWarningKind, ImportWarning[]>();
  for (const warning of warnings)
    kinds.set(warning.kind, [...(kinds.get(warning.kind) ?? []), warning]);
  return [...kinds];
}
