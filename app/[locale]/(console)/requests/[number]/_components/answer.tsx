import { useTranslations } from "next-intl";

import { AnswerText } from "@/components/requests/answer-text";
import { GivenFiles } from "@/components/requests/given-files";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { OwnRequest } from "@/domain/requests/read-own";
import { at } from "@/lib/addresses";

type Props = {
  request: OwnRequest;
  answer: OwnRequest["answers"][number];
  /** Whether the way to the receipt stands below it: there is one for all answers. */
  hasReceipt: boolean;
};

/** An answer: what was decided, by which rule, in which words (P31, P32, P35, P36, P50). */
export function Answer({ request: { number, receiptNumber }, answer, hasReceipt }: Props) {
  const t = useTranslations("requests.filing.page");
  const receipt = useTranslations("requests.receipt");
  return (
    <Section
      title={t(answer.isAppealed ? "answerAppealed" : "answer")}
      note={<Time at={answer.givenAt} form="table" />}
    >
      <AnswerText {...answer} />
      <GivenFiles files={answer.files} from={{ room: "", number }} />
      {hasReceipt && receiptNumber && (
        <Buttons className="mt-4">
          <ButtonLink href={at("/requests/*/receipt", number)}>{receipt("open")}</ButtonLink>
        </Buttons>
      )}
    </Section>
  );
}
