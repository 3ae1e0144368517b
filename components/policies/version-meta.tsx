import { useTranslations } from "next-intl";

import { Icon } from "@/components/ui/icon";
import { MenuLink, PopoverMenu } from "@/components/ui/popover-menu";
import { Time } from "@/components/ui/time";
import { at } from "@/lib/addresses";

import { type Period, VersionPeriod } from "./version-period";
import { VersionStatus } from "./version-status";

export type VersionChoice = Period & { label: string };

type Props = {
  slug: string;
  version: VersionChoice;
  versions: readonly VersionChoice[];
  /** Null of an old version, whose true day stands with where it is from. */
  announcedAt: Date | null;
  minutes: number;
  /** Whether end users are to consent again before it takes effect (P07). */
  needsConsent: boolean;
};

/** The line below the title: status, version and the others, since when it binds, when it was announced, reading time. */
export function VersionMeta(props: Props) {
  const { slug, version, versions, announcedAt, minutes, needsConsent } = props;
  const t = useTranslations("policies");
  return (
    <div className="text-ui text-ink-muted flex flex-wrap items-center gap-x-5 gap-y-1">
      <VersionStatus status={version.status} />
      <VersionPicker slug={slug} label={version.label} versions={versions} />
      <span>
        <VersionPeriod {...version} />
      </span>
      {announcedAt && (
        <span>
          {t.rich("reader.announced", { at: () => <Time at={announcedAt} form="date" /> })}
        </span>
      )}
      {needsConsent && <span>{t("page.needsConsent")}</span>}
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
    <>
      <PopoverMenu
        id="version-menu"
        triggerClassName="inline-flex items-center gap-1.5 rounded-sm py-0.5 hover:text-ink max-md:min-h-11"
        trigger={
          <>
            {t("version", { label })}
            <Icon name="chevron-down" size={14} />
          </>
        }
      >
        <ul>
          {versions.map((version) => (
            <li key={version.label}>
              <MenuLink
                href={at("/policies/*/*", slug, version.label)}
                aria-current={version.label === label ? "page" : undefined}
                className="flex-wrap gap-x-3"
              >
                {t("version", { label: version.label })}
                <VersionStatus status={version.status} />
                <span className="text-small text-ink-muted font-normal">
                  <VersionPeriod {...version} />
                </span>
              </MenuLink>
            </li>
          ))}
        </ul>
      </PopoverMenu>
      <span className="hidden print:inline">{t("version", { label })}</span>
    </>
  );
}
