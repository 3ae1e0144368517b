import { useTranslations } from "next-intl";

import { ButtonLink, Buttons } from "@/components/ui/button";
import type { ShownLink } from "@/domain/tickets/read-link";

type Ended = Exclude<ShownLink, { state: "open" }>;

/** A link that is over, or never was one of ours: why, and two ways to go on without it. */
export function EndedLink({ shown }: { shown: Ended }) {
  const t = useTranslations("tickets.landing");
  return (
    <>
      <h1 className="text-h1 mb-3">{t(`ended.${shown.state}`)}</h1>
      <p className="text-ink-soft mb-8">
        {shown.state === "expired"
          ? t("expiredText", { ticket: shown.ticketNumber })
          : t("unknownText")}
      </p>
      <Buttons>
        <ButtonLink href="/rights" variant="primary" size="lg" prefetch={false}>
          {t("withoutLink")}
        </ButtonLink>
        <ButtonLink href="/announcements" size="lg" prefetch={false}>
          {t("notices")}
        </ButtonLink>
      </Buttons>
    </>
  );
}
