import { getTranslations } from "next-intl/server";

import { ActionForm, type FormAction } from "@/components/form/action-form";
import { fieldId } from "@/components/form/field-id";
import { TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { CheckStatus } from "@/components/ui/check-status";
import { Section } from "@/components/ui/section";
import { type CheckResult } from "@/domain/reviews/checks";
import { formatTableDateTime } from "@/lib/format";

import { Hidden } from "./frame";

/** What was found, in words: a place and its words, or what the check counts. */
export type Line = { words: string; place: string | null };

/** What one check found, in the words of its room. */
export type Shown = Omit<CheckResult<string>, "findings"> & {
  name: string;
  text: string;
  lines: readonly Line[];
};

type Props = {
  results: readonly Shown[];
  action: FormAction;
  /** Which thing, at which revision. */
  hidden: Record<string, string | number>;
  writers: readonly { id: string; name: string }[];
  /** Whether its author is looking, who may explain; a reviewer only reads. */
  isOpen: boolean;
};

/** What the checks before review find, with places and words, and why it may stay. */
export async function Checks({ results, action, hidden, writers, isOpen }: Props) {
  const t = await getTranslations("reviews.checks");
  if (results.length === 0) return null;
  const isAsked = isOpen && results.some(({ isBlocking }) => !isBlocking);
  const list = results.map((result) => (
    <Result key={result.check} {...{ result, writers, isOpen }} />
  ));
  return (
    <Section id="checks" title={t("title")} note={t(isOpen ? "lead" : "reviewLead")}>
      {isAsked ? (
        <ActionForm action={action} label={t("title")} className="mb-8">
          <Hidden values={hidden} />
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

type ResultProps = Pick<Props, "writers" | "isOpen"> & { result: Shown };

async function Result({ result, writers, isOpen }: ResultProps) {
  const { check, name, text, lines, digest, explanation, isBlocking } = result;
  const t = await getTranslations("reviews.checks");
  const field = `explanations.${check}`;
  const who = writers.find(({ id }) => id === explanation?.by)?.name ?? "";
  return (
    <div id={isOpen && !isBlocking ? undefined : fieldId(field)} className="max-w-measure">
      <h3 className="text-ui font-semibold">{name}</h3>
      <p className="text-small text-ink-muted">{text}</p>
      <Lines lines={lines} />
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

async function Lines({ lines }: Pick<Shown, "lines">) {
  const t = await getTranslations("reviews.checks");
  const said = lines.filter(({ words }) => words !== "");
  if (said.length === 0) return null;
  return (
    <ul>
      {said.slice(0, SHOWN).map(({ words, place }, index) => (
        <li key={index} className="border-line-strong text-ui mt-1 border-l-2 pl-3 wrap-anywhere">
          {words}
          {place && <span className="text-small text-ink-muted block">{t("at", { place })}</span>}
        </li>
      ))}
      {said.length > SHOWN && (
        <li className="text-small text-ink-muted mt-1">
          {t("more", { count: said.length - SHOWN })}
        </li>
      )}
    </ul>
  );
}
