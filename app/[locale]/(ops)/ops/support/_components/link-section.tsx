import { useTranslations } from "next-intl";

import { LinkTable } from "@/components/tickets/link-table";
import { Section } from "@/components/ui/section";
import type { ListedLink } from "@/domain/tickets/list-links";

/** The links of the tickets that the customer's requests belong to. */
export function LinkSection({ links }: { links: readonly ListedLink[] }) {
  const t = useTranslations("support.links");
  return (
    <Section title={t("title")} note={t("note")}>
      {links.length === 0 ? (
        <p className="text-ink-muted">{t("empty")}</p>
      ) : (
        <LinkTable caption={t("title")} rows={links} />
      )}
    </Section>
  );
}
