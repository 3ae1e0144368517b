import { linkClass } from "@/components/ui/link";
import type { Locale } from "@/db/vocabulary/languages";
import type { Way } from "@/domain/requests/ways";
import { localized } from "@/lib/localized";

type Props = { way: Pick<Way, "text" | "url">; locale: Locale };

/** What one can do oneself, in the reader's language where there is a translation, and where it is done. */
export function WayText({ way: { text, url }, locale }: Props) {
  const said = localized(text, locale);
  return (
    <>
      <span
        lang={said.locale === locale ? undefined : said.locale}
        className="wrap-anywhere whitespace-pre-line"
      >
        {said.text}
      </span>
      {url && (
        <>
          {" "}
          <a href={url} rel="noopener noreferrer" className={`${linkClass()} wrap-anywhere`}>
            {url.replace(/^https:\/\//, "")}
          </a>
        </>
      )}
    </>
  );
}
