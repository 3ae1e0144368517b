import { useLocale, useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import { type FollowKind } from "@/db/vocabulary/incidents";
import { type Address } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";

type Props = {
  /** In their order; `href` null where the reader can open none. */
  following: readonly { kind: FollowKind; at: Date; href: Address | null }[];
};

const TITLES = { correction: "corrected", end: "ended", update: "updated" } as const;

/** Above an announcement that was corrected, updated or ended: what, when, and the way there. */
export function FollowBanner({ following }: Props) {
  const [t, locale] = [useTranslations("notices.follow.banner"), useLocale()];
  const has = (kind: FollowKind) => following.some((one) => one.kind === kind);
  // What was wrong comes before what is over, and both before what is new.
  const first = (["correction", "end", "update"] as const).find(has);
  if (!first) return null;
  return (
    <div className="mb-6">
      <Banner tone={first === "correction" ? "warn" : "plain"} title={t(TITLES[first])}>
        <ul className="mt-1 grid gap-1">
          {following.map(({ kind, at, href }, index) => (
            <li key={index}>
              {t(kind, { at: formatDateTime(at, locale) })}{" "}
              {href && (
                <Link href={href} className="max-md:py-1">
                  {t(`read.${kind}`)}
                </Link>
              )}
            </li>
          ))}
        </ul>
      </Banner>
    </div>
  );
}
