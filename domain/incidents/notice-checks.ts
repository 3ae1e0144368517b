import { and, desc, eq, lte, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { contactCards, incidents, policyDocuments } from "@/db/schema";
import { BLOCKING_NOTICE_CHECKS, type NoticeCheck } from "@/db/vocabulary/incidents";
import { type Locale, LOCALES } from "@/db/vocabulary/languages";
import { env, setting } from "@/lib/env";
import { isPlace, partsOf } from "@/lib/route-of";
import { shanghaiDay } from "@/lib/shanghai";

import { peopleOfAccounts, readersOfNotice } from "../broadcasts/audience";
import { uuid } from "../input";
import { query } from "../query";
import { type CheckResult, openChecks, resultsOf } from "../reviews/checks";
import { countColumn, readOneRow } from "../rows";
import { appsOfNotice } from "./audience";
import { findWithIncident, type NoticeWithIncident } from "./find";
import {
  addressesIn,
  fieldsOf,
  type Found,
  identitiesIn,
  leadsTo,
  personalIn,
  type Said,
  saidIn,
  unreplaced,
  unwritten,
} from "./notice-lint";

/** Gmail shows the first 102 kB of a mail's HTML, and "message clipped" in the place of the rest. */
export const MOST_MAIL_BYTES = 102 * 1024;

/**
 * The HTML of the mail of each language in bytes, without what is a reader's own. Whoever can render
 * measures; a program that sends no mail says nothing.
 */
export const mailBytes = z.partialRecord(z.enum(LOCALES), z.int()).default({});
type MailBytes = z.output<typeof mailBytes>;

type Checked = {
  subject: NoticeWithIncident;
  /** Rows (app_id, account_id, …) of the apps it concerns. */
  apps: SQL;
  mails: MailBytes;
  now: Date;
};

/** What the checks find in a notice as it is now, with its author's word on it; those that find nothing are left out. */
export async function noticeChecks(
  db: Db | Tx,
  { subject, apps, mails, now }: Checked,
): Promise<CheckResult<NoticeCheck>[]> {
  const { notice, incident } = subject;
  const fields = fieldsOf(notice.parts, incident);
  const said = saidIn(fields);
  const known = `${await contactsOfVendor(db, now)}\n${incident?.contact ?? ""}`;
  const { large, clipped } = notice.notifies
    ? await sizes(db, { subject, apps, mails })
    : { large: [], clipped: [] };
  const found: [NoticeCheck, Found[]][] = [
    ["variables", unreplaced(said)],
    ["links", await deadLinks(db, said)],
    ["identities", identitiesIn(said)],
    ["mail_too_large", large],
    ["mail_clipped", clipped],
    ["personal", personalIn(said, known)],
    ["language", unwritten(fields)],
  ];
  const { explanations } = notice;
  return resultsOf(found, { explanations, blocking: BLOCKING_NOTICE_CHECKS });
}

/** What keeps a notice from its review, by its field. */
export const openNoticeChecks = (results: readonly CheckResult<NoticeCheck>[]) =>
  openChecks(results, {
    mend: "notices.errors.missing.mend",
    explain: "notices.errors.missing.explanation",
  });

/** The checks for the author, who mends or explains, and for the second person, who sees both. */
export const listNoticeChecks = query({
  may: "notice.readDrafts",
  input: z.object({ noticeId: uuid, mails: mailBytes }),

  async run({ db, now }, { noticeId, mails }) {
    const subject = await findWithIncident(db, noticeId);
    const apps = await appsOfNotice(db, subject.notice);
    return noticeChecks(db, { subject, apps, mails, now });
  },
});

/** The contact card of today, or the settings before the first: whose words are no personal data. */
async function contactsOfVendor(db: Db | Tx, now: Date): Promise<string> {
  const [card] = await db
    .select({ content: contactCards.content })
    .from(contactCards)
    .where(and(eq(contactCards.decision, "approved"), lte(contactCards.since, shanghaiDay(now))))
    .orderBy(desc(contactCards.since), desc(contactCards.decidedAt))
    .limit(1);
  return card ? JSON.stringify(card.content) : (setting("PRIVACY_CONTACT") ?? "");
}

async function deadLinks(db: Db | Tx, said: readonly Said[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const { place, text } of said)
    for (const words of addressesIn(text)) {
      const leads = leadsTo(words, env().APP_ORIGIN);
      const isDead = leads === "dead" || (leads !== "elsewhere" && !(await isOurs(db, leads.own)));
      if (isDead) found.push({ place, words: words.slice(0, 200) });
    }
  return found;
}

/**
 * Whether a page answers there: by the router's places, and of documents and incidents by their rows. What
 * names no language is led on to one.
 */
async function isOurs(db: Db | Tx, path: string): Promise<boolean> {
  const parts = partsOf(path);
  const namesLanguage = LOCALES.some((locale) => locale === parts[0]);
  if (!isPlace(path) && (namesLanguage || !isPlace(["", LOCALES[0], ...parts].join("/"))))
    return false;
  const [room, name = ""] = namesLanguage ? parts.slice(1) : parts;
  if (!name) return true;
  if (room === "policies")
    return (await db.$count(policyDocuments, eq(policyDocuments.slug, name))) > 0;
  return room !== "incidents" || (await db.$count(incidents, eq(incidents.number, name))) > 0;
}

/** Where the words alone are too many, and where the names of a reader's apps make them so. */
async function sizes(db: Db | Tx, { subject, apps, mails }: Omit<Checked, "now">) {
  const visibility = subject.incident?.visibility ?? subject.notice.visibility;
  const { bytes } = await readOneRow(db, z.object({ bytes: countColumn }))`
    with concerned as materialized (${apps}), told as (${peopleOfAccounts(readersOfNotice(subject.notice, visibility))}),
    named as (
      select c.account_id, sum(octet_length(p.name || ' (' || p.sdk_app_id || '), ')) as size
      from concerned c join apps p on p.id = c.app_id group by c.account_id
    )
    select coalesce(max(own.size), 0)::int as bytes from (
      select sum(n.size + octet_length(a.name || ' (' || a.uin || '), ')) as size
      from told t join named n on n.account_id = t.account_id join accounts a on a.id = t.account_id
      group by t.user_id
    ) as own`;
  const measured = Object.entries(mails) as [Locale, number][];
  const over = (size: number) => size > MOST_MAIL_BYTES;
  const said = (locale: Locale, size: number): Found => ({
    place: locale,
    words: String(Math.ceil(size / 1024)),
  });
  return {
    large: measured.filter(([, own]) => over(own)).map(([locale, own]) => said(locale, own)),
    clipped: measured
      .filter(([, own]) => !over(own) && over(own + bytes))
      .map(([locale, own]) => said(locale, own + bytes)),
  };
}
