import { useLocale, useTranslations } from "next-intl";

import { VersionPeriod } from "@/components/policies/version-period";
import { VersionStatus } from "@/components/policies/version-status";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { type LibraryDocument } from "@/domain/policies/library";
import { at } from "@/lib/addresses";

/** What binds today, one line each. */
export function PoliciesInForce({ documents }: { documents: readonly LibraryDocument[] }) {
  const t = useTranslations("policies");
  const words = useTranslations("home.public");
  const locale = useLocale();
  const inForce = documents.flatMap((document) =>
    document.inForce ? [{ document, version: document.inForce }] : [],
  );
  if (inForce.length === 0)
    return <EmptyState title={words("noPolicies")}>{words("noPoliciesText")}</EmptyState>;

  return (
    <ul className="border-line border-t">
      {inForce.map(({ document, version }) => (
        <li key={document.id} className="border-line border-b py-3">
          <Link href={at("/policies/*", document.slug)} tone="main" className="max-md:py-1">
            {document.titles[locale]}
          </Link>
          <p className="text-small text-ink-muted mt-1 flex flex-wrap items-center gap-x-3">
            <VersionStatus status={version.status} />
            {t("version", { label: version.label })}
            <span>
              <VersionPeriod {...version} />
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}
