import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import {
  CheckboxesField,
  CheckboxField,
  RadiosField,
  SelectField,
  TextareaField,
} from "@/components/form/fields";
import { FileField } from "@/components/form/file-field";
import { SubmitButton } from "@/components/form/submit-button";
import { AnswerText } from "@/components/requests/answer-text";
import { GivenFiles } from "@/components/requests/given-files";
import { VerdictStatus } from "@/components/requests/request-status";
import { Banner } from "@/components/ui/banner";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { LEGAL_BASES, REFUSAL_CODES, REQUEST_DECISIONS } from "@/db/vocabulary/requests";
import { may } from "@/domain/access/permissions";
import { RIGHTS } from "@/domain/requests/rights";
import { canMove, canPropose, standingOf, startsWithEea } from "@/domain/requests/rules";
import { at } from "@/lib/addresses";

import { decide, reconsider } from "../actions";
import { type RequestParts } from "./request-parts";
import { RevisionFields } from "./revision-fields";

/** Every answer that was proposed and what the second person said; the form for the next. */
export function Decisions({ ctx, found }: RequestParts) {
  const t = useTranslations("requests.desk.decide");
  const answer = useTranslations("requests.answerSheet");
  const isMine = found.handlerId === ctx.actor.id;
  const proposes = isMine && !found.decisionId && canMove(standingOf(found), "in_review");
  const isBeingCarriedOut = isMine && found.decisionId && found.status === "in_progress";
  return (
    <Section title={t("title")}>
      {found.decisions.length === 0 && !proposes && <p className="text-ink-muted">{t("none")}</p>}
      {isBeingCarriedOut && (
        <ActionForm action={reconsider} label={t("reconsider")} className="mb-4">
          <RevisionFields found={found} />
          <Banner tone="plain">{t("reconsiderNote")}</Banner>
          <div className="mt-2">
            <SubmitButton variant="outline">{t("reconsider")}</SubmitButton>
          </div>
        </ActionForm>
      )}
      <ol className="grid gap-6">
        {found.decisions.map((one) => (
          <li key={one.id}>
            <p className="text-small text-ink-muted mb-2 flex flex-wrap gap-x-3">
              <VerdictStatus verdict={one.verdict} />
              {one.givenAt && found.clock.isAppeal && !one.isFinal && <span>{t("earlier")}</span>}
              <span>
                {t("proposedBy", { name: one.proposerName })} ·{" "}
                <Time at={one.proposedAt} form="table" />
              </span>
              {one.reviewerName && <span>{t("reviewedBy", { name: one.reviewerName })}</span>}
              {one.givenAt && (
                <span>
                  {t("given")} <Time at={one.givenAt} form="table" />
                </span>
              )}
            </p>
            <AnswerText {...one} />
            <GivenFiles files={one.files} from={{ room: "/ops", number: found.number }} />
            {one.sequence && may(ctx.actor, "request.read") && (
              <Buttons className="mt-3">
                <ButtonLink href={at("/ops/requests/*/answers/*", found.number, one.sequence)}>
                  {answer("open")}
                </ButtonLink>
              </Buttons>
            )}
            {one.reviewNote && <p className="mt-2 wrap-anywhere">{one.reviewNote}</p>}
          </li>
        ))}
      </ol>
      {proposes && <DecisionForm found={found} />}
    </Section>
  );
}

/** The proposal that was sent back, to go on from; nothing of one that was approved. */
function returnedOf({ decisions: [last] }: RequestParts["found"]) {
  const returned: Partial<RequestParts["found"]["decisions"][number]> =
    last?.verdict === "rejected" ? last : {};
  return returned;
}

function DecisionForm({ found }: Pick<RequestParts, "found">) {
  const t = useTranslations("requests.desk");
  const request = useTranslations("requests");
  const outcomes = REQUEST_DECISIONS.filter((one) => canPropose(standingOf(found), one));
  const returned = returnedOf(found);
  return (
    <ActionForm action={decide} label={t("decide.title")} guard className="max-w-form mt-4">
      <RevisionFields found={found} />
      <div className="mb-4 grid gap-3 empty:hidden">
        {found.participants.length > 0 && <Banner tone="plain">{t("decide.appealReview")}</Banner>}
        {returned.id && <Banner tone="plain">{t("decide.returned")}</Banner>}
        {outcomes.length < REQUEST_DECISIONS.length && (
          <Banner tone="plain">{t("decide.onlyRefusal")}</Banner>
        )}
      </div>
      <div>
        <RadiosField
          name="decision"
          label={t("decide.outcome")}
          required
          inline
          defaultValue={returned.decision}
          options={outcomes.map((value) => ({
            value,
            label: request(`outcome.${value}`),
          }))}
        />
        <SelectField
          name="code"
          label={t("decide.code")}
          hint={t("decide.codeHint")}
          defaultValue={returned.code ?? ""}
          options={[
            { value: "", label: t("decide.noCode") },
            ...REFUSAL_CODES.map((value) => ({
              value,
              label: `${value} ${request(`code.${value}`)}`,
            })),
          ]}
        />
        <TextareaField
          name="explanation"
          label={t("decide.explanation")}
          hint={t(`case.reads.${found.locale}`)}
          defaultValue={returned.explanation}
          required
          rows={6}
          maxLength={8000}
        />
        <BasesField found={found} />
        <EeaField found={found} />
        <FileField name="files" label={t("decide.files")} hint={t("decide.filesHint")} multiple />
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <SubmitButton variant="outline" name="step" value="preview">
          {t("decide.preview")}
        </SubmitButton>
        <SubmitButton name="step" value="propose">
          {t("decide.propose")}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}

/** On what the processing rests, where that is what the requester asked (P50). */
function BasesField({ found }: Pick<RequestParts, "found">) {
  const t = useTranslations("requests");
  if (!RIGHTS[found.type].namesBasis) return null;
  return (
    <CheckboxesField
      name="bases"
      label={t("desk.decide.bases")}
      hint={t("desk.decide.basesHint")}
      defaultValues={returnedOf(found).bases ?? []}
      options={LEGAL_BASES.map((value) => ({ value, label: t(`basis.${value}`) }))}
    />
  );
}

/** Whoever is in the EEA reads their rights in every answer; of others the handler says so (P50). */
function EeaField({ found }: Pick<RequestParts, "found">) {
  const t = useTranslations("requests.desk.decide");
  if (found.region === "eea") return null;
  const isDeclared = found.declared?.eea?.applies ?? false;
  return (
    <CheckboxField
      name="withEea"
      label={t("eea")}
      hint={isDeclared && t("eeaHint")}
      defaultChecked={startsWithEea(returnedOf(found), isDeclared)}
    />
  );
}
