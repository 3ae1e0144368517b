import { useTranslations } from "next-intl";

import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { at } from "@/lib/addresses";

type Props = { slug: string; previous: string | null; next: string | null };

/** The versions right before and after this one, at the end of the text. */
export function VersionNeighbours({ slug, previous, next }: Props) {
  const t = useTranslations("policies.page");
  if (!previous && !next) return null;
  return (
    <nav
      aria-label={t("otherVersions")}
      className="border-line text-ui mt-12 flex flex-wrap justify-between gap-x-6 gap-y-1 border-t pt-5 print:hidden"
    >
      {previous && (
        <Link
          href={at("/policies/*/*", slug, previous)}
          className="inline-flex items-center gap-1.5 max-md:min-h-11"
        >
          <Icon name="chevron-left" size={14} />
          {t("previous", { label: previous })}
        </Link>
      )}
      {next && (
        <Link
          href={at("/policies/*/*", slug, next)}
          className="ml-auto inline-flex items-center gap-1.5 max-md:min-h-11"
        >
          {t("next", { label: next })}
          <Icon name="chevron-right" size={14} />
        </Link>
      )}
    </nav>
  );
}
