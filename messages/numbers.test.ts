import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { LOCALES } from "@/db/vocabulary/languages";
import { HOLD_REASONS } from "@/db/vocabulary/requests";
import { FRESH_SIGN_IN_MINUTES } from "@/domain/access/fresh-sign-in";
import { MOST_ATTEMPTS } from "@/domain/access/sign-in";
import { CONFIRMATION_DAYS } from "@/domain/accounts/contact-confirmation";
import { TEMPORARY_BOUNCES } from "@/domain/broadcasts/apply-events";
import { WORKING_DAYS } from "@/domain/calendar/due-date";
import { COOLING_OFF_DAYS } from "@/domain/deregistrations/rules";
import { TYPED_COUNT_ABOVE } from "@/domain/reviews/rules";
import { MOST_IDS } from "@/domain/incidents/sdk-app-ids";
import { MOST as MOST_IMPORTED } from "@/text/import-text";
import { MOST_FILE_BYTES, MOST_FILES } from "@/domain/requests/file-kind";
import { MOST_SUBJECTS } from "@/domain/requests/subject-list";
import { USES_PER_MINUTE } from "@/domain/tickets/authenticate-token";
import { LINK_MINUTES, MOST_PREFILLED, TOKEN_DAYS } from "@/domain/tickets/input";
import { MAILS_PER_BATCH } from "@/lib/mailer";
import { CODE_DIGITS } from "@/domain/access/secrets";

import { MESSAGES } from ".";

const MB = 1024 * 1024;
const NUMERALS = [
  "",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
];
const CHINESE = ["", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];

/** What a file keeps to itself: `const MOST = 12 * 1024 * 1024;` */
function constant(path: string, name: string): number {
  const product = new RegExp(`const ${name} = ([\\d_ *]+);`).exec(readFileSync(path, "utf8"))?.[1];
  if (!product) throw new Error(`${path} has no number ${name}`);
  return product
    .split("*")
    .map((factor) => Number(factor.replaceAll("_", "")))
    .reduce((a, b) => a * b);
}

const signInMinutes = constant("domain/access/request-sign-in.ts", "LIFETIME_MS") / 60_000;
const mostSent = constant("lib/body-size.ts", "MOST_BYTES") / MB;
const together = constant("components/form/file-field.tsx", "MOST_SENT") / MB;
const mailsUnderWay = MAILS_PER_BATCH * constant("jobs/deliver-mails.ts", "MOST_BATCHES");
const newsHours = constant("domain/broadcasts/finish.ts", "NEWS_WITHIN_HOURS");
const rows = constant("domain/accounts/read-csv.ts", "MOST_LINES");
const fileMb = MOST_FILE_BYTES / MB;

/** Every sentence with a number in it that the code decides, and the number. */
const SAID: [key: string, ...numbers: number[]][] = [
  ["emails.signIn.preview", signInMinutes],
  ["emails.signIn.limits", signInMinutes],
  ["access.ended.expired.text", signInMinutes],
  ["access.ended.locked.text", MOST_ATTEMPTS],
  ["access.code.hint", CODE_DIGITS],
  ["access.errors.codeLength", CODE_DIGITS],
  ["access.errors.staleSignIn", FRESH_SIGN_IN_MINUTES],
  ["deregistrations.own.form.stale", FRESH_SIGN_IN_MINUTES],
  ["emails.confirmContact.preview", CONFIRMATION_DAYS],
  ["contacts.confirm.expired.text", CONFIRMATION_DAYS],
  ["deregistrations.notice.lead.requested", COOLING_OFF_DAYS],
  ["deregistrations.notice.lead.requestedAlone", COOLING_OFF_DAYS],
  ["deregistrations.notice.lead.confirmed", COOLING_OFF_DAYS],
  ["deregistrations.own.zoneText", COOLING_OFF_DAYS],
  ["deregistrations.own.form.confirmAlone", COOLING_OFF_DAYS],
  ["deregistrations.own.form.confirmOthers", COOLING_OFF_DAYS],
  ["deregistrations.own.standing.confirmBody", COOLING_OFF_DAYS],
  ["requests.filing.lead", WORKING_DAYS],
  ["requests.filing.door.lead", WORKING_DAYS],
  ["requests.filing.door.term.text", WORKING_DAYS],
  ["requests.filing.appeal.text", WORKING_DAYS],
  ["requests.dueDate.rule", WORKING_DAYS],
  ["requests.filing.door.holds.lead", HOLD_REASONS.length],
  ["requests.errors.holdReason", HOLD_REASONS.length],
  ["requests.errors.tooManyDrafts", constant("domain/requests/start-draft.ts", "MOST_DRAFTS")],
  ["requests.filing.subjects.hint", MOST_SUBJECTS],
  ["requests.errors.tooManySubjects", MOST_SUBJECTS],
  ["requests.filing.door.proof.files", fileMb, MOST_FILES],
  ["requests.filing.proof.hint", fileMb, MOST_FILES],
  ["requests.filing.proof.hintTogether", together],
  ["requests.filing.write.fileHint", fileMb],
  ["requests.errors.file.tooLarge", fileMb],
  ["requests.errors.file.tooMany", MOST_FILES],
  ["support.log.filesHint", MOST_FILES, together],
  ["requests.desk.decide.filesHint", MOST_FILES, fileMb, together],
  ["errors.door.tooLarge.text", mostSent, fileMb],
  ["policies.ops.import.fileHint", MOST_IMPORTED.bytes / MB],
  ["policies.errors.import.tooLarge", MOST_IMPORTED.bytes / MB],
  ["policies.ops.decision.typedHint", TYPED_COUNT_ABOVE],
  ["incidents.desk.decision.typedMany", TYPED_COUNT_ABOVE],
  ["incidents.desk.audienceForm.byListHint", MOST_IDS],
  ["notices.errors.ids.tooMany", MOST_IDS],
  ["incidents.desk.audienceForm.fileHint", constant("domain/list-text.ts", "MOST_FILE_BYTES") / MB],
  ["accounts.import.fileHint", constant("domain/accounts/read-csv.ts", "MOST_BYTES") / MB, rows],
  ["accounts.errors.fileTooLong", rows],
  ["tickets.errors.minutes", LINK_MINUTES.least, LINK_MINUTES.most, LINK_MINUTES.most / 1440],
  ["tickets.errors.subjects", MOST_PREFILLED],
  ["tickets.tokens.scopeHint.ticket_links", USES_PER_MINUTE],
  ["tickets.errors.lastDayFar", TOKEN_DAYS.most],
  ["accounts.errors.sync.tooMany", constant("domain/accounts/sync-input.ts", "MOST_PARTS")],
  ["broadcasts.board.legend.unconfirmed", newsHours],
  ["broadcasts.board.progress.awaiting", newsHours],
  ["broadcasts.board.recipient.event.unconfirmed", newsHours],
  ["broadcasts.board.legend.deferred", TEMPORARY_BOUNCES.most, TEMPORARY_BOUNCES.withinDays],
  ["broadcasts.board.steering.pauseText", mailsUnderWay],
  ["broadcasts.browser.paused", mailsUnderWay],
];

describe.each(LOCALES)("a number that is said in %s is the number that holds", (locale) => {
  test.each(SAID)("%s", (key, ...numbers) => {
    const sentence = sentenceAt(MESSAGES[locale], key);
    for (const number of numbers) expect(sentence).toMatch(written(number));
  });
});

function sentenceAt(messages: object, key: string): string {
  let node: unknown = messages;
  for (const part of key.split("."))
    node = Object.entries(Object(node)).find(([name]) => name === part)?.[1];
  if (typeof node !== "string") throw new Error(`there is no sentence ${key}`);
  return node;
}

function written(number: number): RegExp {
  const figures = [String(number), number.toLocaleString("en")];
  const words = [NUMERALS[number], CHINESE[number]].filter(Boolean);
  return new RegExp(
    [...figures.map((each) => `(?<![\\d,])${each}(?![\\d,]\\d)`), ...words].join("|"),
    "i",
  );
}
