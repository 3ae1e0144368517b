import { useLocale, useTranslations } from "next-intl";

import { ButtonLink, Buttons } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import type { DeregistrationUpdateFacts } from "@/domain/broadcasts/facts";
import { deregistrationWords } from "@/wording/deregistration-update";

import { BroadcastFacts } from "./broadcast-facts";

/** A step of an account's deregistration; what to do about it stands on its page. */
export function DeregistrationBody({ facts }: { facts: DeregistrationUpdateFacts }) {
  const t = useTranslations("deregistrations");
  const notice = deregistrationWords(facts, useLocale());
  return (
    <div className="max-w-measure">
      <p className="text-body">{notice.lead}</p>
      {facts.event !== "completed" && <p className="text-body mt-2">{notice.next}</p>}
      <Section title={t("kind")}>
        <BroadcastFacts facts={notice.facts} />
      </Section>
      <Buttons className="mt-6">
        <ButtonLink href={notice.action.href}>{notice.action.label}</ButtonLink>
      </Buttons>
    </div>
  );
}
