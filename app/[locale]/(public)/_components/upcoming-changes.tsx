import { useLocale, useTranslations } from "next-intl";

import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { type UpcomingChange } from "@/domain/policies/list-upcoming-changes";
import { at } from "@/lib/addresses";
import { localized } from "@/lib/localized";

/** The major changes ahead, each with its concrete changes and its date (P39, P41). */
export function UpcomingChanges({ changes }: { changes: readonly UpcomingChange[] }) {
  const t = useTranslations("home.public");
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="upcoming" className="border-ink mb-8 border-t-2 pt-5 md:mb-10">
      <h2 id="upcoming" className="text-small text-ink-muted font-normal">
        {t("upcoming")}
      </h2>
      {changes.map((change) => (
        <Upcoming key={`${change.slug} ${change.label}`} change={change} />
      ))}
    </section>
  );
}

function Upcoming({ change }: { change: UpcomingChange }) {
  const t = useTranslations("home.public");
  const locale = useLocale();
  const { slug, label, previousLabel, titles, effectiveAt, changes } = change;
  const path = at("/policies/*/*", slug, label);

  return (
    <article className="border-line border-b pt-1 pb-6 last:border-b-0">
      <h3 className="text-h3">
        <Link href={path} tone="main">
          {t("upcomingTitle", { title: titles[locale], label })}
        </Link>
      </h3>
      {effectiveAt && (
        <p className="text-ui text-ink-muted mt-0.5">
          {t.rich("upcomingDate", { date: () => <Time at={effectiveAt} /> })}
        </p>
      )}
      <ol className="mt-3">
        {changes.map((item, index) => {
          const { text, locale: language } = localized(item.text, locale);
          return (
            <li key={index} className="grid grid-cols-[2em_minmax(0,1fr)] py-1">
              <span className="text-ink-muted tabular-nums">{index + 1}</span>
              <span lang={language === locale ? undefined : language}>{text}</span>
            </li>
          );
        })}
      </ol>
      <div className="mt-4 flex flex-wrap gap-2">
        {previousLabel && (
          <ButtonLink href={at("/policies/*/*/changes", slug, label, { since: previousLabel })}>
            {t("compare", { label: previousLabel })}
          </ButtonLink>
        )}
        <ButtonLink href={path} variant="text">
          {t("read", { label })}
        </ButtonLink>
      </div>
    </article>
  );
}
