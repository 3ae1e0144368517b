import { useTranslations } from "next-intl";

import { type Address } from "@/lib/addresses";

import { Link } from "./link";

export type Crumb = { label: React.ReactNode; href?: Address };

export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  const t = useTranslations("ui");
  return (
    <nav aria-label={t("breadcrumb")} className="mb-1 print:hidden">
      <ol className="text-small text-ink-muted flex flex-wrap items-baseline gap-x-2">
        {crumbs.map(({ label, href }, index) => (
          <li key={index} className="flex items-baseline gap-x-2">
            {index > 0 && <span aria-hidden="true">/</span>}
            {href ? (
              <Link href={href} tone="plain" className="max-md:py-1">
                {label}
              </Link>
            ) : (
              <span aria-current="page">{label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
