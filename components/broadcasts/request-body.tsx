import { useLocale, useTranslations } from "next-intl";

import { ButtonLink, Buttons } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import type { RequestUpdateFacts } from "@/domain/broadcasts/facts";
import { requestWords } from "@/wording/request-update";

import { BroadcastFacts } from "./broadcast-facts";

/** What happened to a request; the rest stands on its page. */
export function RequestBody({ facts }: { facts: RequestUpdateFacts }) {
  const t = useTranslations("broadcasts");
  const notice = requestWords(facts, useLocale());
  return (
    <div className="max-w-measure">
      <p className="text-body">{notice.lead}</p>
      <Section title={t("request.facts.heading")}>
        <BroadcastFacts facts={notice.facts} />
      </Section>
      <Buttons className="mt-6">
        <ButtonLink href={notice.action.href}>{notice.action.label}</ButtonLink>
      </Buttons>
    </div>
  );
}
