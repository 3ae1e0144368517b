import { useLocale, useTranslations } from "next-intl";

import { ButtonLink, Buttons } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Hash } from "@/components/ui/hash";
import { Section } from "@/components/ui/section";
import { Stamp } from "@/components/ui/stamp";
import type { ReceiptFacts } from "@/domain/broadcasts/facts";
import { languageOf } from "@/lib/localized";
import { receiptWords } from "@/wording/acknowledgement-receipt";

import { BroadcastFacts, Prose } from "./broadcast-facts";

/** Proof of an answer: the words, the person, the account, the time, the text's fingerprint. */
export function ReceiptBody({ facts }: { facts: ReceiptFacts }) {
  const t = useTranslations("broadcasts");
  const receipt = receiptWords(facts, useLocale());
  const isSealed = receipt.answer === "acknowledged";
  return (
    <div className="max-w-measure">
      <p className="mb-2">
        {isSealed ? <Stamp>{receipt.mark}</Stamp> : <Chip>{receipt.mark}</Chip>}
      </p>
      <p className="text-body">{receipt.lead}</p>
      <p className="text-body mt-2">{receipt.next}</p>
      <Section title={t("receipt.statement")}>
        <blockquote
          lang={languageOf(receipt.statement)}
          className="bg-sunken text-body rounded-md px-4 py-3"
        >
          <Prose text={receipt.statement} />
        </blockquote>
      </Section>
      <Section title={t("receipt.proof")}>
        <BroadcastFacts
          facts={receipt.facts}
          last={{ term: receipt.hash.term, value: <Hash value={receipt.hash.value} full /> }}
        />
      </Section>
      <Buttons className="mt-6">
        <ButtonLink href={receipt.action.href}>{receipt.action.label}</ButtonLink>
      </Buttons>
    </div>
  );
}
