import { getLocale, getTranslations } from "next-intl/server";

import { WithheldMails } from "@/components/broadcasts/route-status";
import { UndecidedAudience } from "@/components/incidents/incident-status";
import { CheckStatus } from "@/components/ui/check-status";
import { Facts } from "@/components/ui/facts";
import { Figure } from "@/components/ui/figure";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { formatNumber } from "@/lib/format";

import { chosenOf, countedRule, ruleText } from "./rule-text";

/** Exactly whom a notice concerns: people, accounts, apps; and who of them gets no mail. */
export async function AudienceSummary({ read }: { read: OpsNotice }) {
  const { measured, notice, savedAudience, texts, visibility, mails } = read;
  const [t, follow, locale] = await Promise.all([
    getTranslations("incidents.desk.audience"),
    getTranslations("incidents.desk.follow"),
    getLocale(),
  ]);
  const { apps, accounts, people, withoutMail, unreadable, undeclared } = measured;
  const number = (value: number) => formatNumber(value, locale);
  const whoOf = () => {
    if (notice.followsId) return follow(notice.notifies ? "audience" : "silent");
    if (visibility === "restricted") return t("contacts");
    return t("members", { chosen: chosenOf(notice.audience.contacts) });
  };
  return (
    <>
      {notice.audience.undecided ? (
        <UndecidedAudience />
      ) : (
        <Figure
          value={number(people)}
          unit={t(unitOf(notice), {
            accounts: number(accounts),
            apps: number(apps),
          })}
        />
      )}
      <Many measured={measured} />
      <div className="mt-2">
        <Facts
          tight
          facts={[
            {
              term: t("rule"),
              value: (
                <span className="wrap-anywhere">
                  {ruleText(countedRule(notice.audience), locale)}
                </span>
              ),
            },
            ...(savedAudience
              ? [{ term: t("savedAs"), value: t("savedVersion", savedAudience) }]
              : []),
            {
              term: t("who"),
              value: whoOf(),
            },
            {
              term: t("channels"),
              value: t(notice.notifies ? `channel.${visibility}` : "channel.silent"),
            },
            ...(texts
              ? [
                  {
                    term: t("texts"),
                    value: t("textsText", {
                      ...{ numbers: texts.numbers, perTelling: texts.perTelling },
                      ...{ left: texts.leftToday, over: texts.over },
                    }),
                  },
                ]
              : []),
            ...(withoutMail > 0
              ? [{ term: t("withoutMail"), value: t("withoutMailText", { count: withoutMail }) }]
              : []),
            ...(unreadable > 0
              ? [{ term: t("unreadable"), value: t("unreadableText", { count: unreadable }) }]
              : []),
            ...(undeclared > 0
              ? [{ term: t("undeclared"), value: t("undeclaredText", { count: undeclared }) }]
              : []),
          ]}
        />
      </div>
      <WithheldMails {...mails} className="mt-4" />
    </>
  );
}

/** That it is everybody, or many for a rehearsal: said where the number alone may be passed over. */
async function Many({ measured }: Pick<OpsNotice, "measured">) {
  const [t, locale] = await Promise.all([getTranslations("incidents.desk.audience"), getLocale()]);
  const { isEverybody, isWide, people, apps, accounts, allAccounts } = measured;
  const number = (value: number) => formatNumber(value, locale);
  const warnings = [
    ...(isEverybody ? [t("everybody", { people: number(people), apps: number(apps) })] : []),
    ...(isWide ? [t("wide", { accounts: number(accounts), all: number(allAccounts) })] : []),
  ];
  return warnings.map((warning) => (
    <p key={warning} className="mt-1">
      <CheckStatus isGood={false} isSentence>
        {warning}
      </CheckStatus>
    </p>
  ));
}

/**
 * Whom it will reach, while it is on its way; afterwards who belongs to the fixed apps today, or was told what
 * it follows.
 */
function unitOf({ notifies, status, followsId }: OpsNotice["notice"]) {
  if (!notifies) return "peopleSilent";
  if (status === "draft" || status === "in_review") return "people";
  return followsId ? "peopleTold" : "peopleNow";
}
