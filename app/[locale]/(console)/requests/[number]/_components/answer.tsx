import { useTranslations } from "next-intl";

import { AnswerText } from "@/components/requests/answer-text";
import { GivenFiles } from "@/components/requests/given-files";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { OwnRequest } from "@/domain/requests/read-own";
import { at } from "@/lib/addresses";

/** The answer: what was decided, by which rule, in which words (P31, P32, P35, P36, P50). */
export function Answer({ request }: { request: OwnRequest }) {
  const t = useTranslations("requests.filing.page");
  const receipt = useTranslations("requests.receipt");
  const { decision, number, receiptNumber } = request;
  if (!decision) return null;
  return (
    <Section
      title={t(decision.isAppealed ? "answerAppealed" : "answer")}
      note={decision.givenAt && <Time at={decision.givenAt} form="table" />}
    >
      <AnswerText {...decision} />
      <GivenFiles files={decision.files} from={{ room: "", number }} />
      {receiptNumber && (
        <Buttons className="mt-4">
          <ButtonLink href={at("/requests/*/receipt", number)}>{receipt("open")}</ButtonLink>
        </Buttons>
      )}
    </Section>
  );
}
