import { useLocale, useTranslations } from "next-intl";

import { Facts } from "@/components/ui/facts";
import { Link, linkClass } from "@/components/ui/link";
import type { StopWay } from "@/domain/policies/stop-guide";
import { type Address } from "@/lib/addresses";
import { localized } from "@/lib/localized";

type Props = {
  ways: readonly StopWay[];
  /** Where the version's text stands, and what a reader calls it. */
  version: { href: Address; label: string };
  /** The address the vendor answers questions at. */
  contact: string;
};

/** How to stop collecting, in the vendor's own words per platform, or where to ask when there are none (P30). */
export function StopGuide({ ways, version, contact }: Props) {
  const t = useTranslations("acknowledgements.stop");
  return (
    <>
      {ways.length > 0 && <StopWays ways={ways} />}
      <p className="text-ink-soft mt-2">
        {t.rich(ways.length > 0 ? "others" : "none", {
          label: version.label,
          text: (words) => <Link href={version.href}>{words}</Link>,
          contact: () => (
            <a href={`mailto:${contact}`} className={linkClass()}>
              {contact}
            </a>
          ),
        })}
      </p>
    </>
  );
}

export function StopWays({ ways }: Pick<Props, "ways">) {
  const t = useTranslations("acknowledgements.stop");
  const platform = useTranslations("accounts.platform");
  const locale = useLocale();
  return (
    <Facts
      facts={ways.map(({ place, text }) => {
        const said = localized(text, locale);
        return {
          term: place === "api" ? t("api") : platform(place),
          value: (
            <span
              lang={said.locale === locale ? undefined : said.locale}
              className="wrap-anywhere whitespace-pre-line"
            >
              {said.text}
            </span>
          ),
        };
      })}
    />
  );
}
