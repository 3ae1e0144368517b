import { useTranslations } from "next-intl";

import { ButtonLink } from "./button";

type Props = {
  previousHref?: string | undefined;
  nextHref?: string | undefined;
  /** What is shown, e.g. "第 1–50 项,共 1,284 项". */
  summary?: React.ReactNode;
};

/** Earlier and later, by key and not by page number, so that lists of any length stay fast. */
export function Pager({ previousHref, nextHref, summary }: Props) {
  const t = useTranslations("ui.pager");
  if (!previousHref && !nextHref && !summary) return null;

  return (
    <nav
      aria-label={t("label")}
      className="text-small text-ink-muted flex flex-wrap items-center gap-x-3 gap-y-1 pt-3 print:hidden"
    >
      {summary && <p>{summary}</p>}
      <div className="ml-auto flex gap-2">
        {previousHref && (
          <ButtonLink href={previousHref} rel="prev" size="sm">
            {t("previous")}
          </ButtonLink>
        )}
        {nextHref && (
          <ButtonLink href={nextHref} rel="next" size="sm">
            {t("next")}
          </ButtonLink>
        )}
      </div>
    </nav>
  );
}
