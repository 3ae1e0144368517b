import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Facts } from "@/components/ui/facts";
import { Section } from "@/components/ui/section";
import { listEligibleReviewers } from "@/domain/requests/review";
import { canMove, standingOf } from "@/domain/requests/rules";

import { approve, sendBack } from "../actions";
import { Verification } from "./request-facts";
import { type RequestParts } from "./request-parts";
import { RevisionFields } from "./revision-fields";
import { WordsForm } from "./words-form";

/** The second person's verdict on the proposal that waits. */
export async function Review({ ctx, found }: RequestParts) {
  const [t, cases] = await Promise.all([
    getTranslations("requests.desk.review"),
    getTranslations("requests.desk"),
  ]);
  const waiting = found.decisions.find(({ verdict }) => verdict === null);
  if (!waiting || found.status !== "in_review") return null;
  const decisionId = <input type="hidden" name="decisionId" value={waiting.id} />;
  if (waiting.proposedBy === ctx.actor.id)
    return (
      <Section title={t("title")}>
        <Banner tone="plain">{t("own")}</Banner>
      </Section>
    );
  const reviewers = await listEligibleReviewers(ctx, { number: found.number });
  const me = reviewers.find(({ id }) => id === ctx.actor.id);
  if (!me) {
    const people = reviewers.map(({ name }) => name).join(cases("do.appealSeparator"));
    return (
      <Section title={t("title")}>
        <Banner tone="plain">{t("notYou", { people })}</Banner>
      </Section>
    );
  }
  const isGrantable = canMove(standingOf(found), waiting.decision);
  return (
    <Section title={t("title")}>
      <div className="mb-4 grid gap-2">
        {me.part !== "none" && <Banner tone="plain">{t("onlyInvolved")}</Banner>}
        <Facts facts={[{ term: cases("case.verified"), value: <Verification found={found} /> }]} />
        {!isGrantable && <Banner tone="warn">{t("onlySendBack")}</Banner>}
      </div>
      <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
        {isGrantable && (
          <ActionForm
            action={approve}
            label={t("approve")}
            confirm={{
              title: t("approveTitle"),
              body: t("approveNote"),
              confirmLabel: t("approve"),
            }}
          >
            <RevisionFields found={found} />
            {decisionId}
            <p className="text-ink-soft max-w-measure mb-3">{t("approveNote")}</p>
            <SubmitButton>{t("approve")}</SubmitButton>
          </ActionForm>
        )}
        <WordsForm
          found={found}
          action={sendBack}
          act={t("sendBack")}
          name="reason"
          label={t("reason")}
          hint={t("returnsTo", { status: cases(`status.${waiting.proposedFrom}`) })}
          maxLength={2000}
          danger
        >
          {decisionId}
        </WordsForm>
      </div>
    </Section>
  );
}
