import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { fieldId } from "@/components/form/field-id";
import { TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { CheckStatus } from "@/components/ui/check-status";
import { Section } from "@/components/ui/section";
import { LOCALES } from "@/db/vocabulary/languages";
import { type CheckResult } from "@/domain/policies/checks";
import { type OpsVersion } from "@/domain/policies/find-version";
import { formatDate, formatTableDateTime } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";

import { explain } from "../actions";

type Props = Pick<OpsVersion, "version" | "checks" | "writers"> & {
  /** Whether its author is looking, who may explain; a reviewer only reads. */
  isOpen: boolean;
};

/** What the checks before review find, with places and words, and why it may stay. */
export async function VersionChecks({ version, checks, writers, isOpen }: Props) {
  const t = await getTranslations("policies.ops.checks");
  if (checks.length === 0) return null;
  const isAsked = isOpen && checks.some(({ isBlocking }) => !isBlocking);
  const list = await Promise.all(
    checks.map((result) => (
      <Result key={result.check} {...{ result, writers, isOpen }} id={version.id} />
    )),
  );
  return (
    <Section id="checks" title={t("title")} note={t(isOpen ? "lead" : "reviewLead")}>
      {isAsked ? (
        <ActionForm action={explain} label={t("title")} className="mb-8">
          <input type="hidden" name="versionId" value={version.id} />
          <input type="hidden" name="revision" value={version.revision} />
          <div className="grid gap-5">{list}</div>
          <div className="mt-4">
            <SubmitButton variant="outline">{t("explain")}</SubmitButton>
          </div>
        </ActionForm>
      ) : (
        <div className="mb-8 grid gap-5">{list}</div>
      )}
    </Section>
  );
}

type ResultProps = Pick<Props, "writers" | "isOpen"> & { result: CheckResult; id: string };

async function Result({ result, writers, isOpen }: ResultProps) {
  const { check, findings, digest, explanation, isBlocking } = result;
  const [t, name] = await Promise.all([
    getTranslations("policies.ops.checks"),
    getTranslations("policies.browser.check.names"),
  ]);
  const field = `explanations.${check}`;
  const who = writers.find(({ id }) => id === explanation?.by)?.name ?? "";
  return (
    <div id={isOpen && !isBlocking ? undefined : fieldId(field)} className="max-w-measure">
      <h3 className="text-ui font-semibold">{name(check)}</h3>
      <p className="text-small text-ink-muted">{t(`text.${check}`)}</p>
      <Findings check={check} findings={findings} />
      <div className="mt-2">
        {explanation ? (
          <CheckStatus isGood>
            {t("explained", {
              name: who,
              at: formatTableDateTime(new Date(explanation.at)),
              reason: explanation.reason,
            })}
          </CheckStatus>
        ) : isBlocking ? (
          <CheckStatus isGood={false}>{t("mend")}</CheckStatus>
        ) : isOpen ? (
          <>
            <input type="hidden" name={`${field}.digest`} value={digest} />
            <TextareaField name={`${field}.reason`} label={t("reason")} rows={2} maxLength={500} />
          </>
        ) : (
          <CheckStatus isGood={false}>{t("unexplained")}</CheckStatus>
        )}
      </div>
    </div>
  );
}

const SHOWN = 12;

async function Findings({ check, findings }: Pick<CheckResult, "check" | "findings">) {
  const [t, lines] = [
    await getTranslations("policies.ops.checks"),
    await Promise.all(findings.slice(0, SHOWN).map((finding) => lineOf(check, finding))),
  ];
  const said = lines.filter(({ words }) => words !== "");
  if (said.length === 0) return null;
  return (
    <ul>
      {said.map(({ words, place }, index) => (
        <li key={index} className="border-line-strong text-ui mt-1 border-l-2 pl-3 wrap-anywhere">
          {words}
          {place && <span className="text-small text-ink-muted block">{t("at", { place })}</span>}
        </li>
      ))}
      {findings.length > SHOWN && (
        <li className="text-small text-ink-muted mt-1">
          {t("more", { count: findings.length - SHOWN })}
        </li>
      )}
    </ul>
  );
}

type Line = { words: string; place: string | null };

/** What was found, in words: a place of the text and its words, or what the check counts. */
async function lineOf(
  check: CheckResult["check"],
  { place, words }: CheckResult["findings"][number],
): Promise<Line> {
  const [t, locale] = [await getTranslations("policies"), await getLocale()];
  if (check === "short_notice") {
    const date = formatDate(shanghaiMidnight(words ?? ""), locale);
    return { words: t("ops.checks.days", { date, wanted: place ?? "" }), place: null };
  }
  const translation = LOCALES.find((one) => one === place);
  if (check !== "translation_behind" || !translation) return { words: words ?? "", place };
  const binding = LOCALES.find((one) => one !== translation) ?? translation;
  const languages = {
    translation: t(`language.${translation}`),
    binding: t(`language.${binding}`),
  };
  const doubt = DOUBTS.find((one) => one === words) ?? "rows";
  return { words: t(`ops.doubts.${doubt}`, languages), place: null };
}

const DOUBTS = ["stale", "frame", "rows"] as const;
