import type { Locale } from "@/db/vocabulary/languages";
import type { DigestFacts } from "@/domain/broadcasts/facts";
import type { Address } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { translator } from "@/messages/translator";

import { noticeHref, noticeKind, noticeTitle } from "./notice-line";

export type DigestEntry = { kind: string; title: string; note: string; href: Address };

/** What stands in a digest, with the way to each: of a version from when it holds (P39), of an announcement whether it asks for anything. */
export const digestEntries = ({ items }: DigestFacts, locale: Locale): DigestEntry[] =>
  items.map((told) => ({
    kind: noticeKind(told, locale),
    title: noticeTitle(told, locale),
    note:
      told.kind === "policy_change"
        ? translator(locale, "broadcasts")("digest.effective", {
            at: formatDateTime(told.facts.effectiveAt, locale),
          })
        : translator(locale, "notices")(`actionability.${told.facts.actionability}`),
    href: noticeHref(told),
  }));
