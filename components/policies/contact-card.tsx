import { useTranslations } from "next-intl";

import { linkClass } from "@/components/ui/link";
import { cn } from "@/lib/cn";
import type { CardEntry } from "@/wording/contact-card";

/** A contact card in the reader's language; `since` is the day from which it holds, where one was entered. */
export type ShownCard = { mail: string; since: string | null; lines: readonly CardEntry[] };

/** The card line by line, for a list: who answers for the guides, and where to write (P45, P46, P58). */
export function ContactLines({ card: { mail, lines } }: { card: ShownCard }) {
  const t = useTranslations("policies.card");
  const item = "py-0.5 wrap-break-word max-md:py-1.5";
  return (
    <>
      {lines.map(({ line, text }) => (
        <li key={line} className={item}>
          {line === "name" ? text : t("line", { label: t(`label.${line}`), text })}
        </li>
      ))}
      <li className={item}>
        {t("mail")}{" "}
        <a href={`mailto:${mail}`} className={cn(linkClass("text"), "wrap-anywhere")}>
          {mail}
        </a>
      </li>
    </>
  );
}
