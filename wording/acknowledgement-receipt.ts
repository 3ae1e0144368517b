import type { Locale } from "@/db/vocabulary/languages";
import type { AcknowledgementAnswer } from "@/db/vocabulary/policies";
import type { ReceiptFacts } from "@/domain/broadcasts/facts";
import { type Address, at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { localized } from "@/lib/localized";
import { translator } from "@/messages/translator";

export type ReceiptWords = {
  title: string;
  /** "已确认" or "不同意". */
  mark: string;
  answer: AcknowledgementAnswer;
  /** "《…》3.2 版" */
  document: string;
  lead: string;
  /** The sentence the person agreed to or refused, word for word. */
  statement: string;
  next: string;
  /** `at` (ISO 8601) where the value is a moment. */
  facts: { term: string; value: string; at?: string }[];
  /** sha256 (hex) of the text that was answered. */
  hash: { term: string; value: string };
  action: { href: Address; label: string };
};

/** What a receipt says: who answered what, for whom, when, and to which exact text (P04, P41). */
export function receiptWords(facts: ReceiptFacts, locale: Locale): ReceiptWords {
  const t = translator(locale, "broadcasts");
  const { answer, label, personName: person, accountName: account } = facts;
  const title = localized(facts.documentTitle, locale).text;
  return {
    title: receiptTitle(facts, locale),
    mark: t(`receipt.${answer}Mark`),
    answer,
    document: t("receipt.documentText", { title, label }),
    lead: t(`receipt.${answer}Lead`, { person, account, title, label }),
    statement: facts.statement,
    next: nextOf(facts, locale),
    facts: factsOf(facts, locale),
    hash: { term: t("receipt.hash"), value: facts.contentHash },
    action: {
      href: receiptHref(facts),
      label: t("links.receipt"),
    },
  };
}

/** A version in force is to be stopped at once, one to come before it takes effect (guide, section 八). */
function nextOf({ answer, answeredAt, effectiveAt }: ReceiptFacts, locale: Locale): string {
  const t = translator(locale, "broadcasts");
  if (answer === "acknowledged") return t("receipt.acknowledgedNext");
  const isInForce = Date.parse(answeredAt) >= Date.parse(effectiveAt);
  return t(isInForce ? "receipt.disagreedNextInForce" : "receipt.disagreedNext");
}

/** The one line of a list, a subject or a page title. It names no person and no account. */
export function receiptTitle(facts: ReceiptFacts, locale: Locale): string {
  const t = translator(locale, "broadcasts");
  const title = localized(facts.documentTitle, locale).text;
  return t(`title.${facts.answer}`, { title, label: facts.label });
}

/** Where its owner reads the receipt: an address on this site without the language. */
export function receiptHref({ receiptNumber }: ReceiptFacts): Address {
  return at("/receipts/*", receiptNumber);
}

function factsOf(facts: ReceiptFacts, locale: Locale): ReceiptWords["facts"] {
  const t = translator(locale, "broadcasts");
  const { accountName: account, uin, personName: person, label } = facts;
  const title = localized(facts.documentTitle, locale).text;
  const reason = facts.reason ? [{ term: t("receipt.reason"), value: facts.reason }] : [];
  return [
    { term: t("receipt.number"), value: facts.receiptNumber },
    { term: t("receipt.answer"), value: t(`receipt.${facts.answer}Mark`) },
    ...reason,
    { term: t("receipt.document"), value: t("receipt.documentText", { title, label }) },
    {
      term: t("receipt.effective"),
      value: formatDateTime(facts.effectiveAt, locale),
      at: facts.effectiveAt,
    },
    { term: t("receipt.account"), value: t("receipt.accountText", { account, uin }) },
    {
      term: t("receipt.person"),
      value: t("receipt.personText", { person, role: t(`role.${facts.memberRole}`) }),
    },
    {
      term: t("receipt.answeredAt"),
      value: formatDateTime(facts.answeredAt, locale),
      at: facts.answeredAt,
    },
  ];
}
