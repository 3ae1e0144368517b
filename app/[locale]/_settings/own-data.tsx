import { useTranslations } from "next-intl";

import { Facts } from "@/components/ui/facts";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { OwnSummary } from "@/domain/access/own-data";

import { TakeEverything } from "./take-everything";

type Props = { data: OwnSummary };

/** What is held about the reader: themselves and what they chose, how much of each kind, and all of it as files (P23). */
export function OwnData({ data: { person, parts } }: Props) {
  const t = useTranslations("access.ownData");
  const languages = useTranslations("accounts.locale");
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
          ...parts.map(({ part, count }) => ({
            term: t(`part.${part}` as "part.acts"),
            value: t("count", { count }),
          })),
        ]}
      />
      <p className="max-w-measure text-ink-muted mt-4 mb-3">{t("elsewhere")}</p>
      <TakeEverything />
    </Section>
  );
}

const wantsAll = (person: OwnSummary["person"]): boolean =>
  person.wantsAnnouncementMails &&
  person.wantsMinorChangeMails &&
  !person.announcementsDaily &&
  !person.minorChangesDaily;
