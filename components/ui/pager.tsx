import { useTranslations } from "next-intl";

import { withQuery, type Address } from "@/lib/addresses";

import { ButtonLink } from "./button";

type Props = {
  /** The list's own address, with its filter and the place it stands on. */
  href: Address;
  /** As the list gave them. */
  previous: string | null;
  next: string | null;
  /** What carries the page in the address, where a page has several lists. */
  name?: string;
  /** What is shown, e.g. "共 1,284 项". */
  summary?: React.ReactNode;
};

/** Earlier and later, by key and not by page number, so that lists of any length stay fast. */
export function Pager({ href, previous, next, name = "page", summary }: Props) {
  const t = useTranslations("ui.pager");
  if (!previous && !next && !summary) return null;

  return (
    <nav
      aria-label={t("label")}
      className="text-small text-ink-muted flex flex-wrap items-center gap-x-3 gap-y-1 pt-3 print:hidden"
    >
      {summary && <p>{summary}</p>}
      <div className="ml-auto flex gap-2">
        {previous && (
          <ButtonLink href={withQuery(href, { [name]: previous })} rel="prev" size="sm">
            {t("previous")}
          </ButtonLink>
        )}
        {next && (
          <ButtonLink href={withQuery(href, { [name]: next })} rel="next" size="sm">
            {t("next")}
          </ButtonLink>
        )}
      </div>
    </nav>
  );
}
