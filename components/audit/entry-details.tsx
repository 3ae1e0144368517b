import { useLocale, useTranslations } from "next-intl";

import { Facts } from "@/components/ui/facts";
import { Link, linkClass } from "@/components/ui/link";
import { type AuditRow } from "@/domain/audit/list";
import { at, withLanguage } from "@/lib/addresses";

/** What an entry holds, as it is stored. */
export function EntryDetails({ entry }: { entry: AuditRow }) {
  const t = useTranslations("audit");
  const locale = useLocale();
  const { seq, place, actionCode, actor, subject, before, after, action } = entry;
  return (
    <details className="text-small open:basis-full md:ml-auto md:open:ml-0 print:not-open:hidden">
      <summary className="text-ink-muted hover:text-ink inline-block cursor-pointer py-0.5 max-md:-mt-1 max-md:-mb-2 max-md:min-w-11 max-md:py-3 print:hidden">
        {t("details")}
      </summary>
      <div className="mt-1 mb-2 grid gap-2">
        <Facts
          tight
          facts={[
            { term: t("code"), value: <code>{actionCode}</code> },
            { term: t("actorId"), value: <Id>{`${actor.kind} ${actor.id}`}</Id> },
            {
              term: t("subjectId"),
              value: (
                <>
                  <Id>{`${subject.type ?? ""} ${subject.id}`}</Id>{" "}
                  <Link href={at("/ops/audit", { subjectId: subject.id })}>{t("sameSubject")}</Link>
                </>
              ),
            },
            {
              term: t("sealing.sealed"),
              value: (
                <span className="flex flex-wrap gap-x-3">
                  {place === null ? (
                    t("sealing.notYet")
                  ) : (
                    <>
                      {t("sealing.place", { place: place + 1 })}
                      <a
                        href={withLanguage(locale, at("/ops/audit/*/proof.json", seq))}
                        download
                        className={linkClass("text")}
                      >
                        {t("sealing.proof")}
                      </a>
                    </>
                  )}
                  <Link href={at("/ops/audit", { entry: seq })}>{t("sealing.link")}</Link>
                </span>
              ),
            },
          ]}
        />
        <Snapshot title={t("before")} value={before} />
        <Snapshot title={t("after")} value={after} />
        {!before && !after && <p className="text-ink-muted">{t("nothing")}</p>}
        {action === "account.imported" && (
          <p>
            <Link href={at("/ops/audit", { importId: subject.id })}>{t("eachLine")}</Link>
          </p>
        )}
      </div>
    </details>
  );
}

function Id({ children }: { children: string }) {
  return <code className="wrap-anywhere">{children}</code>;
}

function Snapshot({ title, value }: { title: string; value: unknown }) {
  if (value === null || value === undefined) return null;
  return (
    <figure>
      <figcaption className="text-ink-muted">{title}</figcaption>
      <pre className="bg-sunken text-caption rounded-md px-3 py-2 wrap-anywhere whitespace-pre-wrap">
        {JSON.stringify(value, null, 2)}
      </pre>
    </figure>
  );
}
