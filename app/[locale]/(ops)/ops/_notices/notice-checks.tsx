import { getTranslations } from "next-intl/server";
import { cache } from "react";

import { ALL_MATTER_PARTS, type NoticeCheck } from "@/db/vocabulary/incidents";
import { LOCALES } from "@/db/vocabulary/languages";
import { type Context } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { listNoticeChecks } from "@/domain/incidents/notice-checks";
import { noticeMails } from "@/server/mail-preview";

import { Checks, type Line } from "../_reviews/checks";
import { explainAction } from "./actions";

type Props = { ctx: Context; read: OpsNotice; isOpen: boolean };

/** What the checks find in a notice as it is saved; its mails are rendered for it once a page. */
export const checksOf = cache(async (ctx: Context, noticeId: string) =>
  listNoticeChecks(ctx, { noticeId, mails: await noticeMails(ctx, noticeId) }),
);

/** What they find with its places, and why it may stay: for the author, and for the second person to read. */
export async function NoticeChecks({ ctx, read: { notice, writers }, isOpen }: Props) {
  const [t, name, say, checks] = await Promise.all([
    getTranslations("incidents.desk.checks"),
    getTranslations("incidents.browser.check.checks"),
    lineSayer(notice.type === "announcement"),
    checksOf(ctx, notice.id),
  ]);
  const results = checks.map(({ findings, ...result }) => ({
    ...result,
    ...{ name: name(result.check), text: t(`text.${result.check}`) },
    lines: findings.map((finding) => say(result.check, finding)),
  }));
  const hidden = { noticeId: notice.id, revision: notice.revision };
  return <Checks {...{ results, hidden, writers, isOpen }} action={explainAction} />;
}

const LACKING = "language" satisfies NoticeCheck;
/** Of an incident's own words those that its notices say, each by its name in the incident's form. */
const INCIDENTS_OWN = ["dataKinds", "cause", "publicSummary"] as const;
const SIZES: readonly NoticeCheck[] = ["mail_too_large", "mail_clipped"];

/** Says a finding: which field of which language, and what stands there. */
async function lineSayer(isAnnouncement: boolean) {
  const [t, own, name, row, part, language] = await Promise.all([
    getTranslations("incidents.desk"),
    getTranslations("incidents.desk.incidentForm"),
    getTranslations("incidents.browser.check.name"),
    getTranslations("incidents.browser.check.row"),
    getTranslations("notices.matterPart"),
    getTranslations("policies.language"),
  ]);
  return (check: NoticeCheck, finding: { place: string | null; words: string | null }): Line => {
    const place = placeOf(finding.place ?? "");
    if (SIZES.includes(check))
      return { words: t("size", { language: place, size: finding.words ?? "" }), place: null };
    return check === LACKING
      ? { words: place, place: null }
      : { words: finding.words ?? "", place };
  };

  function placeOf(place: string): string {
    const steps = place.split(".");
    const locale = LOCALES.find((one) => one === steps.at(-1));
    if (!locale) return place;
    const [field = "", second = ""] = steps;
    const said = fieldOf(field, second);
    return said ? t("place", { field: said, language: language(locale) }) : language(locale);
  }

  function fieldOf(field: string, second: string): string | null {
    const number = Number(second) + 1;
    switch (field) {
      case "title":
      case "adviceEndUsers":
        return name(field);
      case "situation":
        return name(isAnnouncement ? "text" : "situation");
      case "measures":
      case "adviceDevelopers":
        return row(field, { number });
      case "matterParts": {
        const known = ALL_MATTER_PARTS.find((one) => one === second);
        return known ? part(known) : null;
      }
      case "incident": {
        const known = INCIDENTS_OWN.find((one) => one === second);
        return known ? own(known) : name("incident");
      }
      default:
        return null;
    }
  }
}
