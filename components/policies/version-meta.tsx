import { useTranslations } from "next-intl";

import { Icon } from "@/components/ui/icon";
import { at } from "@/lib/addresses";
import { Link } from "@/messages/navigation";

import { type Period, VersionPeriod } from "./version-period";
import { VersionStatus } from "./version-status";

export type VersionChoice = Period & { label: string };

type Props = {
  slug: string;
  version: VersionChoice;
  versions: readonly VersionChoice[];
  minutes: number;
};

/** The line below the title: status, version and the others, effective date, reading time. */
export function VersionMeta({ slug, version, versions, minutes }: Props) {
  const t = useTranslations("policies");
  return (
    <div className="text-ui text-ink-muted mt-3 flex flex-wrap items-center gap-x-5 gap-y-1">
      <VersionStatus status={version.status} />
      <VersionPicker slug={slug} label={version.label} versions={versions} />
      <span>
        <VersionPeriod {...version} />
      </span>
      <span className="print:hidden">{t("reader.minutes", { minutes })}</span>
    </div>
  );
}

type PickerProps = { slug: string; label: string; versions: readonly VersionChoice[] };

/** Opens without JavaScript; each entry is a lasting address. */
function VersionPicker({ slug, label, versions }: PickerProps) {
  const t = useTranslations("policies");
  if (versions.length < 2) return <span>{t("version", { label })}</span>;

  return (
    <details className="relative inline-block">
      <summary className="inline-flex items-center gap-1.5 rounded-sm max-md:min-h-11">
        {t("version", { label })}
        <Icon name="chevron-down" size={14} className="print:hidden" />
      </summary>
      <ul className="border-line bg-raised text-ink shadow-pop absolute top-[calc(100%+8px)] -left-2.5 z-[var(--z-popover)] w-max max-w-[calc(100vw-48px)] min-w-70 rounded-lg border p-1.5 print:hidden">
        {versions.map((version) => (
          <li key={version.label}>
            <Link
              href={at("/policies/*/*", slug, version.label)}
              aria-current={version.label === label ? "page" : undefined}
              className="hover:bg-hover flex flex-wrap items-center gap-x-3 rounded-sm px-2.5 py-1.5 text-inherit no-underline aria-[current]:font-semibold max-md:min-h-11"
            >
              {t("version", { label: version.label })}
              <VersionStatus status={version.status} />
              <span className="text-small text-ink-muted font-normal">
                <VersionPeriod {...version} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
