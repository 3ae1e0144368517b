import { useTranslations } from "next-intl";

import { Hash } from "@/components/ui/hash";
import { Link, linkClass } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { at } from "@/lib/addresses";

type Props = {
  slug: string;
  /** sha256 of the approved content. */
  contentHash: string | null;
  /** The published versions besides this one, newest first; the first few are shown. */
  ribbon: React.ReactNode;
  others: readonly { label: string; effectiveAt: Date | null }[];
  /** The versions of the product's other documents that hold together with this one. */
  related: readonly { slug: string; label: string; title: string }[];
  contacts: readonly { label: string; href?: string }[];
};

const SHOWN = 3;

/** Beside the text: its fingerprint, the other versions, whom to ask. */
export function VersionAside(props: Props) {
  const { slug, contentHash, ribbon, others, related, contacts } = props;
  const t = useTranslations("policies");
  return (
    <aside
      aria-label={t("reader.about")}
      className="text-small text-ink-muted grid content-start gap-6 leading-5.5 print:hidden"
    >
      {contentHash && (
        <AsideSection title={t("reader.fingerprint")}>
          <Hash value={contentHash} />
          <p>{t("reader.fingerprintHelp")}</p>
        </AsideSection>
      )}
      {others.length > 0 && (
        <AsideSection title={t("reader.otherVersions")}>
          <div className="mb-2">{ribbon}</div>
          <ul>
            {others.slice(0, SHOWN).map(({ label, effectiveAt }) => (
              <li key={label} className="py-0.5">
                <Link href={at("/policies/*/*", slug, label)}>{t("version", { label })}</Link>{" "}
                {effectiveAt && <Time at={effectiveAt} form="table-date" />}
              </li>
            ))}
            {others.length > SHOWN && (
              <li className="py-0.5">
                <Link href={at("/policies", { of: slug })}>
                  {t("reader.allVersions", { count: others.length + 1 })}
                </Link>
              </li>
            )}
          </ul>
        </AsideSection>
      )}
      {related.length > 0 && (
        <AsideSection title={t("reader.related")}>
          <ul>
            {related.map((one) => (
              <li key={one.slug} className="py-0.5">
                <Link href={at("/policies/*/*", one.slug, one.label)}>
                  {t("ops.named", { title: one.title, label: one.label })}
                </Link>
              </li>
            ))}
          </ul>
        </AsideSection>
      )}
      <AsideSection title={t("reader.questions")}>
        <ul>
          {contacts.map(({ label, href }) => (
            <li key={label} className="py-0.5">
              {href ? (
                <a href={href} className={linkClass()}>
                  {label}
                </a>
              ) : (
                label
              )}
            </li>
          ))}
        </ul>
      </AsideSection>
    </aside>
  );
}

function AsideSection({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h2 className="text-caption text-ink mb-1.5">{title}</h2>
      {children}
    </section>
  );
}
