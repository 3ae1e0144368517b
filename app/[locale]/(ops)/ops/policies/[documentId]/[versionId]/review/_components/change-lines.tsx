import { getTranslations } from "next-intl/server";

import { ChangeWords } from "@/components/policies/change-words";
import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import { type OpsVersion } from "@/domain/policies/find-version";
import { readText } from "@/text/offload";
import { placeNames } from "@/text/places";

type Props = Pick<OpsVersion, "version" | "document" | "texts">;

/** Every change in every language, as the notice will say it, with the section it points to. */
export async function ChangeLines({ version: { changes }, document, texts }: Props) {
  const t = await getTranslations("policies.ops.review");
  const { bindingLocale } = document;
  const locales = [bindingLocale, ...LOCALES.filter((locale) => locale !== bindingLocale)];
  const places = placeNames(
    await readText(texts[bindingLocale] ?? ""),
    changes.map(({ anchor }) => anchor),
  );
  const nameOf = (anchor: string) =>
    places.find((place) => place.anchor === anchor)?.title ?? t("placeGone", { anchor });

  if (changes.length === 0) return <p className="text-ink-muted">{t("noChanges")}</p>;
  return (
    <ol>
      {changes.map(({ text, anchor }, index) => (
        <li
          key={index}
          className="border-line grid grid-cols-[2em_minmax(0,1fr)] border-b py-2.5 first:border-t"
        >
          <span className="text-ink-muted tabular-nums">{index + 1}</span>
          <div>
            {locales.map((locale) => (
              <Line key={locale} text={text[locale]} locale={locale} none={t("notTranslated")} />
            ))}
            {anchor && <p className="text-small text-ink-muted">{nameOf(anchor)}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

type LineProps = { text: string | undefined; locale: Locale; none: string };

function Line({ text, locale, none }: LineProps) {
  if (!text) return <p className="text-small text-ink-muted">{none}</p>;
  return <ChangeWords text={text} lang={locale} />;
}
