import { getLocale, getTranslations } from "next-intl/server";

import { MajorChip, VersionStatus } from "@/components/policies/version-status";
import { PageHead } from "@/components/ui/page-head";
import { type OpsVersion } from "@/domain/policies/find-version";
import { at } from "@/lib/addresses";

type Props = Pick<OpsVersion, "document" | "version" | "writers"> & {
  /** The page below the version's own, e.g. "答复". */
  part?: string;
  actions?: React.ReactNode;
};

/** Which document, which version, where it stands, who wrote it. */
export async function VersionHead({ document, version, writers, part, actions }: Props) {
  const [t, locale] = await Promise.all([getTranslations("policies.ops"), getLocale()]);
  const label = t("label", { label: version.label });
  return (
    <PageHead
      title={t("named", { title: document.titles[locale], label: version.label })}
      crumbs={[
        { label: t("documents.title"), href: "/ops/policies" },
        { label: document.titles[locale], href: at("/ops/policies/*", document.id) },
        part ? { label, href: at("/ops/policies/*/*", document.id, version.id) } : { label },
        ...(part ? [{ label: part }] : []),
      ]}
      note={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <VersionStatus status={version.status} />
          {version.isMajor && <MajorChip />}
          <span>
            {t("writers", { names: writers.map(({ name }) => name).join(t("separator")) })}
          </span>
        </span>
      }
      actions={actions}
    />
  );
}
