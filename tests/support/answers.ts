import type { AcknowledgementAnswer } from "@/db/vocabulary/policies";
import type { Person } from "@/domain/context";
import { answerVersion } from "@/domain/policies/answer";

import { acting } from "./context";
import type { Seen } from "./policies";

export const STATEMENT = "我已阅读并确认这一版本。";

type Answer = {
  accountId: string;
  answer?: AcknowledgementAnswer;
  at?: string;
  reason?: string;
  changeNumbers?: number[];
};

/** What the page sends when somebody answers for an account. */
export function answerTo(
  version: Pick<Seen, "id" | "contentHash">,
  { accountId, answer = "acknowledged", reason, changeNumbers = [] }: Answer,
) {
  return {
    versionId: version.id,
    accountId,
    answer,
    confirmed: answer === "acknowledged",
    reason: reason ?? null,
    changeNumbers,
    contentHash: version.contentHash,
    statement: STATEMENT,
    locale: "zh-CN" as const,
    userAgent: "test",
  };
}

/** Answers for an account, as one of its owners. */
export function giveAnswer(person: Person, version: Seen, answer: Answer) {
  return answerVersion(acting(person, answer.at ?? "2026-03-03 10:00"), answerTo(version, answer));
}
