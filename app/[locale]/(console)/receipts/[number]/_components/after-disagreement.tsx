import { getTranslations } from "next-intl/server";

import { StopGuide } from "@/components/policies/stop-guide";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import type { Receipt } from "@/domain/policies/own-answers";
import type { StopWay } from "@/domain/policies/stop-guide";
import { at } from "@/lib/addresses";

type Props = { receipt: Receipt; ways: readonly StopWay[]; contact: string; now: Date };

/** Who does not agree stops: how, and the ways out of it, leaving the account or agreeing after all (P04). */
export async function AfterDisagreement({ receipt, ways, contact, now }: Props) {
  const t = await getTranslations("acknowledgements.stop");
  const isInForce = receipt.effectiveAt !== null && receipt.effectiveAt <= now;
  return (
    <Section id="stop" title={t("title")}>
      <p className="max-w-measure mb-3">{t(isInForce ? "now" : "before")}</p>
      <StopGuide
        ways={ways}
        version={{ href: at("/policies/*/*", receipt.slug, receipt.label), label: receipt.label }}
        contact={contact}
      />
      <p className="max-w-measure mt-4 mb-3">{t("leave")}</p>
      <Buttons>
        <ButtonLink href={at("/account/deregistration", { account: receipt.accountId })}>
          {t("deregister")}
        </ButtonLink>
        <ButtonLink href={at("/acknowledgements/*", receipt.versionId)}>{t("agree")}</ButtonLink>
      </Buttons>
    </Section>
  );
}
