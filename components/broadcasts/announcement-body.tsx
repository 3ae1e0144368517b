import { useLocale, useTranslations } from "next-intl";

import { Chip } from "@/components/ui/chip";
import type { AnnouncementFacts } from "@/domain/broadcasts/facts";
import { localized } from "@/lib/localized";

import { Said } from "./incident-body";

/** An announcement: what the reader has to do, and its text. */
export function AnnouncementBody({ facts }: { facts: AnnouncementFacts }) {
  const t = useTranslations("notices");
  const { actionability } = facts;
  return (
    <div className="max-w-measure">
      <p className="mb-3">
        <Chip tone={actionability === "required" ? "warn" : "plain"}>
          {t(`actionability.${actionability}`)}
        </Chip>
      </p>
      <Said text={localized(facts.body, useLocale())} />
    </div>
  );
}
