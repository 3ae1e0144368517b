import { Text } from "react-email";

import type { Locale } from "@/db/vocabulary/languages";
import type { RequestUpdateFacts } from "@/domain/broadcasts/facts";
import { requestWords, requestTitle } from "@/wording/request-update";
import { requestReader } from "@/wording/request-reader";
import { translator } from "@/messages/translator";

import { ActionPart } from "./_components/button";
import { FactRows } from "./_components/facts";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { SAMPLE_REQUEST, SAMPLE_SENDER } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { CAPTION } from "./_components/style";
import { subjectOf } from "./_components/subject";
import { Paragraph } from "./_components/text";

type Props = Sender & { facts: RequestUpdateFacts };

/** One step of a request. It greets nobody by name and says nothing personal: mails are read by others. */
export default function RequestUpdate({ facts, ...sender }: Props) {
  const { locale } = sender;
  const t = translator(locale, "emails");
  const notice = requestWords(facts, locale);
  const reader = requestReader(facts);
  return (
    <Layout
      sender={sender}
      subject={requestUpdateSubject({ facts, ...sender })}
      preview={t("request.preview", { number: facts.number })}
      kicker={<Kicker>{kindOf(locale)}</Kicker>}
      title={notice.title}
      footer={[
        t(`request.why.${reader}`),
        t(`request.${reader === "handler" ? wayOf(facts) : "mandatory"}`),
      ]}
    >
      <Paragraph>{notice.lead}</Paragraph>
      <FactRows
        facts={notice.facts.map((fact) => ({ ...fact, isWhole: facts.waiting !== undefined }))}
      />
      <ActionPart href={addressOf(sender, notice.action.href)}>{notice.action.label}</ActionPart>
      <Text style={{ ...CAPTION, margin: "20px 0 0" }}>{notice.isPrivate}</Text>
    </Layout>
  );
}

/** How what handlers are told comes is theirs to choose, but for reviews, what goes first, and a last day (decision 089). */
function wayOf({ event, isUrgent, workingDaysLeft = 1 }: RequestUpdateFacts) {
  const isReview = ["handler_review", "handler_returned", "handler_approved"].includes(event);
  return isReview || isUrgent || workingDaysLeft <= 0 ? "mandatoryHandler" : "chosenHandler";
}

export function requestUpdateSubject({ facts, locale }: Props): string {
  return subjectOf(locale, { kind: kindOf(locale), title: requestTitle(facts, locale) });
}

const kindOf = (locale: Locale) => translator(locale, "broadcasts")("kind.request");

RequestUpdate.PreviewProps = { ...SAMPLE_SENDER, facts: SAMPLE_REQUEST } satisfies Props;
