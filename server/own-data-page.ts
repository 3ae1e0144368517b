import "server-only";

import type { Locale } from "@/db/vocabulary/languages";
import type { Export, Row } from "@/domain/access/own-data";
import { formatDateTime } from "@/lib/format";
import { escapeHtml } from "@/lib/mail-template";
import { MESSAGES } from "@/messages";
import { translator } from "@/messages/translator";

import { plainDocument } from "./plain-document";

type Indexed = {
  locale: Locale;
  taking: Export;
  told: readonly { name: string; rows: number; pages: number }[];
  files: number;
};

/** Where a page of a kind stands, without its ending. */
export const pathOf = (name: string, page: number): string =>
  `${name}-${String(page).padStart(4, "0")}`;

/** What to begin with: whose data it is, how much there is of each kind, and where it stands. */
export function indexPage({ locale, taking, told, files }: Indexed): string {
  const t = translator(locale, "access");
  const say = (key: Parameters<typeof t>[0], values = {}) => escapeHtml(t(key, values));
  const { whose, name, openedAt } = taking;
  const title = t(`ownData.export.title.${whose.of}`, { name });
  const lines = told.map((part) => {
    const label = say(`ownData.part.${part.name}` as "ownData.part.acts");
    const count = say("ownData.count", { count: part.rows });
    const linked = part.pages > 0 ? `<a href="${pathOf(part.name, 1)}.html">${label}</a>` : label;
    return `<tr><td>${linked}</td><td>${count}</td></tr>`;
  });
  return plainDocument({
    ...{ locale, title },
    main: [
      `<h1>${escapeHtml(title)}</h1>`,
      `<p>${say("ownData.export.taken", { at: formatDateTime(openedAt, locale) })}</p>`,
      `<p>${say("ownData.export.forms")}</p>`,
      `<table><tbody>${lines.join("\n")}</tbody></table>`,
      `<p>${say("ownData.export.files", { count: files })}</p>`,
      `<p>${say("ownData.export.without")}</p>`,
    ],
    footer: [],
  });
}

type Page = {
  locale: Locale;
  name: string;
  columns: readonly string[];
  rows: readonly Row[];
  page: number;
  hasMore: boolean;
};

/** So many columns stand beside each other; what has more is told row by row. */
const MOST_COLUMNS = 7;

/** A page of one kind in the reader's words: no script, and links to the pages beside it alone. */
export function partPage(part: Page): string {
  const { locale, name, columns, page, hasMore } = part;
  const t = translator(locale, "access");
  const title = t(`ownData.part.${name}` as "ownData.part.acts");
  const ways = [
    `<a href="index.html">${escapeHtml(t("ownData.export.index"))}</a>`,
    ...(page > 1
      ? [`<a href="${pathOf(name, page - 1)}.html">${escapeHtml(t("ownData.export.previous"))}</a>`]
      : []),
    ...(hasMore
      ? [`<a href="${pathOf(name, page + 1)}.html">${escapeHtml(t("ownData.export.next"))}</a>`]
      : []),
  ];
  const way = `<p>${ways.join(" · ")}</p>`;
  const heads = columns.map((column) =>
    escapeHtml(t(`ownData.column.${column}` as "ownData.column.at")),
  );
  const rows = columns.length > MOST_COLUMNS ? rowsInTurn(part, heads) : rowsAsTable(part, heads);
  return plainDocument({
    ...{ locale, title },
    main: [`<h1>${escapeHtml(title)}</h1>`, way, ...rows],
    footer: [way],
  });
}

function rowsAsTable({ locale, columns, rows }: Page, heads: readonly string[]): string[] {
  const words = wordsOf(locale);
  const cells = (row: Row) =>
    columns.map((column) => `<td>${shown(row[column], words[column], locale)}</td>`);
  return [
    `<div class="wide"><table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join("")}</tr></thead><tbody>`,
    ...rows.map((row) => `<tr>${cells(row).join("")}</tr>`),
    "</tbody></table></div>",
  ];
}

/** One below the other, without what a row does not have. */
function rowsInTurn({ locale, columns, rows }: Page, heads: readonly string[]): string[] {
  const words = wordsOf(locale);
  return rows.map((row) => {
    const facts = columns.flatMap((column, at) =>
      isEmpty(row[column])
        ? []
        : [`<dt>${heads[at]}</dt><dd>${shown(row[column], words[column], locale)}</dd>`],
    );
    return `<dl>${facts.join("")}</dl><hr>`;
  });
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === "" ||
  (Array.isArray(value) && value.length === 0);

/** A value as a spreadsheet has it: lists by semicolons, what has parts as JSON. */
export function plainCell(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && value.every((one) => typeof one !== "object"))
    return value.join("; ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** The same as one reads it, as HTML: a moment by Beijing's clock, a code of ours by its word. */
function shown(value: unknown, words: Words | undefined, locale: Locale): string {
  if (Array.isArray(value))
    return value.map((one) => shown(one, words, locale)).join(locale === "zh-CN" ? "、" : ", ");
  if (typeof value === "boolean")
    return escapeHtml(MESSAGES[locale].accounts.yesNo[value ? "yes" : "no"]);
  const plain = plainCell(value);
  if (plain === null || plain === "") return "–";
  if (MOMENT.test(plain)) return escapeHtml(formatDateTime(plain, locale));
  return escapeHtml((words && wordIn(words, plain)) ?? plain);
}

type Words = { [key: string]: string | Words };

/** `broadcast.started` is a word within words; whatever has none is told by its code. */
function wordIn(words: Words, code: string): string | undefined {
  const found = code
    .split(".")
    .reduce<string | Words | undefined>(
      (within, key) => (typeof within === "object" ? within[key] : undefined),
      words,
    );
  return typeof found === "string" ? found : undefined;
}

/** The words of the codes that columns hold. */
function wordsOf(locale: Locale): Record<string, Words> {
  const { access, accounts, acknowledgements, audit, broadcasts, contacts } = MESSAGES[locale];
  const { deregistrations, disposals, endpoints, requests } = MESSAGES[locale];
  return {
    ...{ role: access.memberRole, staffRole: access.staffRole, locale: accounts.locale },
    ...{ factorKind: access.factor.kind, contactKind: contacts.kind, servedIn: accounts.region },
    ...{ told: audit.told, act: audit.actions, answer: acknowledgements.answer },
    ...{ side: acknowledgements.talk.side, channel: broadcasts.board.channel },
    ...{ status: broadcasts.board.status, mailStatus: broadcasts.board.status },
    ...{ requestType: requests.type, requestStatus: requests.filing.status },
    ...{ requestChannel: requests.desk.channel, requesterKind: requests.desk.requester },
    ...{ region: requests.filing.region.of, outcome: requests.outcome, store: requests.store },
    ...{ disposal: requests.act, holdReason: requests.hold, cause: disposals.cause },
    ...{ run: disposals.users.runs, runState: disposals.users.states },
    ...{ endpointChannel: endpoints.channel, topics: endpoints.topic },
    ...{ postStatus: endpoints.status, leaving: deregistrations.status },
    ...{ topic: accounts.declarations.topic },
  };
}
