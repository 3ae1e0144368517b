import { useLocale, useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import type { WithdrawalFacts } from "@/domain/broadcasts/facts";
import { type Address } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { languageOf } from "@/lib/localized";
import { withdrawalWords } from "@/wording/withdrawal";

import { Prose } from "./broadcast-facts";

/** That something announced no longer holds, and why, in the words that staff wrote. */
export function WithdrawalBody({ facts }: { facts: WithdrawalFacts }) {
  const notice = withdrawalWords(facts, useLocale());
  return (
    <div className="max-w-measure">
      <p className="text-body">{notice.lead}</p>
      <p className="text-body mt-2">{notice.ask}</p>
      <Section title={notice.reasonHeading}>
        <blockquote
          lang={languageOf(notice.reason)}
          className="bg-sunken text-body rounded-md px-4 py-3 wrap-anywhere"
        >
          <Prose text={notice.reason} />
        </blockquote>
      </Section>
      <Buttons className="mt-6">
        <ButtonLink href={notice.action.href}>{notice.action.label}</ButtonLink>
      </Buttons>
    </div>
  );
}

type Props = {
  at: Date;
  /** The way to what tells of the withdrawal; null where nothing does. */
  href: Address | null;
};

/** Above what was told and no longer holds. */
export function WithdrawnBanner({ at, href }: Props) {
  const [t, locale] = [useTranslations("withdrawals.banner"), useLocale()];
  return (
    <div className="mb-6">
      <Banner
        tone="warn"
        title={t("title")}
        actions={
          href && (
            <ButtonLink size="sm" href={href}>
              {t("read")}
            </ButtonLink>
          )
        }
      >
        {t("text", { at: formatDateTime(at, locale) })}
      </Banner>
    </div>
  );
}
