import { useLocale, useTranslations } from "next-intl";

import { linkClass } from "@/components/ui/link";
import { at, withLanguage } from "@/lib/addresses";
import { formatDate, formatFileSize } from "@/lib/format";

type Given = { id?: string; name: string; size: number; sha256?: string };
/** `from` is the request they are downloaded from; without it they are only named. */
type Props = {
  files: readonly Given[];
  from?: { room: "" | "/ops"; number: string };
  /** Until when they can be had at least; then they are deleted (domain/retention/rules.ts). */
  until?: Date;
};

/** What the requester gets with an answer or a message: by name, size and hash, each to be saved. */
export function GivenFiles({ files, from, until }: Props) {
  const t = useTranslations("requests.files");
  const locale = useLocale();
  if (files.length === 0) return null;
  return (
    <div className="max-w-measure mt-3">
      <p className="text-small font-semibold">{t("title", { count: files.length })}</p>
      <ul>
        {files.map(({ id, name, size, sha256 }, index) => (
          <li key={id ?? index} className="border-line border-b py-2">
            {from && id ? (
              // Not as `download`: where it has to be proven who asks, the way to that is a page.
              <a
                href={withLanguage(locale, at(`${from.room}/requests/*/files/*`, from.number, id))}
                className={linkClass()}
              >
                <bdi className="wrap-anywhere">{name}</bdi>
              </a>
            ) : (
              <bdi className="wrap-anywhere">{name}</bdi>
            )}{" "}
            <span className="text-small text-ink-muted">{formatFileSize(size, locale)}</span>
            {sha256 && (
              <span className="text-caption text-ink-muted block wrap-anywhere">
                {t("hash")} <span className="font-mono">{sha256}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
      {(until ?? from?.room === "") && (
        <p className="text-small text-ink-muted mt-2">
          {until && t("until", { date: formatDate(until, locale) })}{" "}
          {from?.room === "" && t("proof")}
        </p>
      )}
    </div>
  );
}
