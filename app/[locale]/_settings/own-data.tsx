import { useLocale, useTranslations } from "next-intl";

import { buttonClass } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { OWN_DATA_PARTS, type readOwnData } from "@/domain/access/own-data";
import { withLanguage } from "@/lib/addresses";
import { cn } from "@/lib/cn";

type Data = Awaited<ReturnType<typeof readOwnData>>;
type Props = { data: Data };

/** What is held about the reader: themselves and what they chose, how much of each kind, and all of it as a file (P23). */
export function OwnData({ data: { person, parts, isCut } }: Props) {
  const t = useTranslations("access.ownData");
  const languages = useTranslations("accounts.locale");
  const locale = useLocale();
  const held = OWN_DATA_PARTS.filter((part) => parts[part].length > 0);
  return (
    <Section title={t("title")}>
      <p className="max-w-measure mb-4">{t("lead")}</p>
      <Facts
        tight
        facts={[
          { term: t("person.name"), value: person.name },
          {
            term: t("person.email"),
            value: (
              <span className="wrap-anywhere">
                {t(person.showsAddress ? "shown" : "hidden", { email: person.email })}
              </span>
            ),
          },
          {
            term: t("person.mails"),
            value: t(wantsAll(person) ? "allMails" : "fewerMails", {
              language: languages(person.locale),
            }),
          },
          { term: t("person.createdAt"), value: <Time at={person.createdAt} form="table" /> },
          ...held.map((part) => ({
            term: t(`part.${part}`),
            value: t(isCut.includes(part) ? "newest" : "count", { count: parts[part].length }),
          })),
        ]}
      />
      <p className="max-w-measure text-ink-muted mt-4">{t("elsewhere")}</p>
      <a
        href={withLanguage(locale, "/settings/own-data.json")}
        download
        className={cn(buttonClass(), "mt-3")}
      >
        {t("download")}
      </a>
    </Section>
  );
}

const wantsAll = (person: Data["person"]): boolean =>
  person.wantsAnnouncementMails && person.wantsMinorChangeMails;
