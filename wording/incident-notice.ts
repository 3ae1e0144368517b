import { ALL_MATTER_PARTS } from "@/db/vocabulary/incidents";
import type { Locale } from "@/db/vocabulary/languages";
import type { AnnouncementFacts, IncidentNoticeFacts } from "@/domain/broadcasts/facts";
import { type Address, at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { type Localized, localized } from "@/lib/localized";
import { translator } from "@/messages/translator";
import { type ChangeBlock, changeText, readNotice } from "@/text/change-words";

type Fact = { term: string; value: string; at?: string };
/** `text`: the words alone; `blocks`: as they are drawn, where their author wrote Markdown. */
export type Text = Localized<Locale> & { blocks?: ChangeBlock[] };
type Format = { format?: "markdown" | undefined };

export type IncidentNotice = {
  /** Of a rehearsal marked, as are kind and actionability, in the language they are in. */
  title: Text;
  kind: string;
  /** What the reader has to do, in a word and in a sentence. */
  actionability: string;
  ask: string;
  isUrgent: boolean;
  /** The notice it corrects; null where it corrects none. */
  corrects: string | null;
  situation: Text;
  measures: Text[];
  adviceDevelopers: Text[];
  adviceEndUsers: Text;
  facts: Fact[];
  contact: string;
  /** Which language binds, when a part is not in the reader's. */
  bindingNote: string | null;
  action: { href: Address; label: string };
};

/**
 * What a notice of an incident says, the same in mail and in-site message: what happened, what was
 * and will be done, what developers and end users should do (P20–P22), and what it is about.
 */
export function incidentWords(facts: IncidentNoticeFacts, locale: Locale): IncidentNotice {
  const t = translator(locale, "notices");
  const { parts, corrects } = facts;
  const said = {
    title: marked(facts, localized(facts.title, locale)),
    situation: saidIn(parts.situation, locale, parts),
    measures: parts.measures.map(({ state, at, text }) => {
      const words = saidIn(text, locale, parts);
      const when = at ? formatDateTime(at, locale) : t("told.measureWithoutTime");
      const begins = { state: t(`measureState.${state}`), at: when };
      return {
        ...words,
        text: t("told.measure", { ...begins, text: words.text }),
        ...(words.blocks && {
          blocks: after(t("told.measure", { ...begins, text: "" }), words.blocks),
        }),
      };
    }),
    adviceDevelopers: parts.adviceDevelopers.map((advice) => saidIn(advice, locale, parts)),
    // Whoever passes it on all the same passes on that nothing happened.
    adviceEndUsers: marked(facts, saidIn(parts.adviceEndUsers, locale, parts)),
  };
  const texts = [
    said.title,
    said.situation,
    ...said.measures,
    ...said.adviceDevelopers,
    said.adviceEndUsers,
  ];
  const isUrgent = isUrgentNotice(facts);
  return {
    ...said,
    kind: incidentKind(facts, locale),
    actionability: markedIn(facts, t(`actionability.${parts.actionability}`), locale),
    ask: facts.rehearsal ? t("told.rehearsal") : t(`told.ask.${parts.actionability}`),
    isUrgent,
    corrects:
      corrects &&
      t("told.corrects", {
        sequence: corrects.sequence,
        at: formatDateTime(corrects.publishedAt, locale),
      }),
    facts: factsOf(facts, locale),
    contact: facts.contact,
    bindingNote: texts.some((text) => text.locale !== locale) ? t("told.bindingNote") : null,
    action: { href: incidentHref(facts), label: t(isUrgent ? "told.act" : "told.open") },
  };
}

/** What an author wrote, in the reader's language or the one there is. */
export function saidIn(
  texts: Partial<Record<Locale, string>>,
  locale: Locale,
  { format }: Format,
): Text {
  const words = localized(texts, locale);
  if (format !== "markdown") return words;
  return { ...words, text: changeText(words.text), blocks: readNotice(words.text) };
}

/** Whether a link in what an author wrote leads to a page of somebody else. */
export const leadsOut = (texts: readonly Text[], origin: string): boolean =>
  texts.some(({ blocks = [] }) => blocks.some((block) => blockLeadsOut(block, origin)));

function blockLeadsOut(block: ChangeBlock, origin: string): boolean {
  if (block.kind === "list")
    return block.items.some(({ blocks }) => blocks.some((one) => blockLeadsOut(one, origin)));
  return block.runs.some(({ href }) => href?.startsWith("https:") && !isOf(href, origin));
}

const isOf = (href: string, origin: string): boolean =>
  URL.canParse(href) && new URL(href).origin === origin;

const lineOf = (text: string): ChangeBlock => ({ kind: "line", runs: [{ text, isStrong: false }] });

/** Words in front of blocks: in the first line, where they begin with one. */
function after(text: string, [first, ...rest]: readonly ChangeBlock[]): ChangeBlock[] {
  if (first?.kind !== "line") return [lineOf(text), ...(first ? [first] : []), ...rest];
  return [{ kind: "line", runs: [{ text, isStrong: false }, ...first.runs] }, ...rest];
}

const MOMENTS = [
  "occurredAt",
  "discoveredAt",
  "containmentBegunAt",
  "containedAt",
  "resolvedAt",
] as const;

function factsOf(facts: IncidentNoticeFacts, locale: Locale): Fact[] {
  const t = translator(locale, "notices");
  const { incidentNumber: number, sequence } = facts;
  const moments = MOMENTS.flatMap((term) => {
    const at = facts[term];
    return at ? [{ term: t(`told.${term}`), value: formatDateTime(at, locale), at }] : [];
  });
  return [
    { term: t("told.number"), value: t("told.numberText", { number, sequence }) },
    ...beforeOf(facts, locale),
    { term: t("told.kind"), value: t(`kind.${facts.kind}`) },
    { term: t("told.severity"), value: t(`severity.${facts.severity}`) },
    { term: t("told.status"), value: t(`status.${facts.status}`) },
    ...moments,
    { term: t("told.dataKinds"), value: localized(facts.dataKinds, locale).text },
    { term: t("told.cause"), value: localized(facts.cause, locale).text },
    { term: t("told.contact"), value: facts.contact },
  ];
}

/** Which notices of the incident came before this one. */
function beforeOf({ before = [] }: IncidentNoticeFacts, locale: Locale): Fact[] {
  if (before.length === 0) return [];
  const t = translator(locale, "notices");
  const said = before.map(({ sequence, type, publishedAt }) =>
    t("told.beforeOne", {
      ...{ sequence, type: t(`type.${type}`) },
      at: formatDateTime(publishedAt, locale),
    }),
  );
  return [{ term: t("told.before"), value: said.join(t("told.beforeSeparator")) }];
}

/** Of a rehearsal nothing is urgent: no card is red, no telephone rings louder. */
export const isUrgentNotice = ({ parts, rehearsal }: IncidentNoticeFacts): boolean =>
  parts.actionability === "required" && !rehearsal;

/** Says of a rehearsal that it is one, before anything else: "【演练】…". */
export const markedIn = (
  { rehearsal }: { rehearsal?: true | undefined },
  text: string,
  locale: Locale,
): string => (rehearsal ? translator(locale, "notices")("told.rehearsalMark", { text }) : text);

/** Words with the mark in their own language; where there are none, none. */
function marked(facts: IncidentNoticeFacts, words: Text): Text {
  const { text, locale, blocks } = words;
  if (!facts.rehearsal || !text) return words;
  return {
    ...{ text: markedIn(facts, text, locale), locale },
    ...(blocks && { blocks: after(markedIn(facts, "", locale), blocks) }),
  };
}

/** The one line of a list, a subject or a page title; where the title is withheld, that it is. */
export function incidentTitle(facts: IncidentNoticeFacts, locale: Locale): string {
  const number = facts.incidentNumber;
  return (
    marked(facts, localized(facts.title, locale)).text ||
    translator(locale, "notices")("told.withheld", { number })
  );
}

/** "安全事件 · 更正". */
export function incidentKind(facts: IncidentNoticeFacts, locale: Locale): string {
  const t = translator(locale, "notices");
  return markedIn(facts, t("told.incident", { type: t(`type.${facts.type}`) }), locale);
}

/** Where a notice of an incident stands for those who may read it, without the language. */
export const incidentHref = ({ incidentNumber, sequence }: IncidentNoticeFacts): Address =>
  at("/incidents/*", incidentNumber, { "#": `notice-${sequence}` });

/** What an announcement says, in the reader's language or the one there is: the parts of its matter, then its text. */
export function announcementText(facts: AnnouncementFacts, locale: Locale): Text {
  const { body, matter, format } = facts;
  const words = saidIn(body, locale, { format });
  const { text, locale: shown, blocks } = words;
  const t = translator(shown, "notices");
  const lines = ALL_MATTER_PARTS.flatMap((part) => {
    const said = localized(matter?.parts[part] ?? {}, shown).text;
    return said ? [t("told.fact", { term: t(`matterPart.${part}`), value: said })] : [];
  });
  const follows = followsLine(facts, shown);
  const heads = [
    ...(follows ? [follows] : []),
    ...(matter ? [t(`matter.${matter.kind}`), ...lines] : []),
  ];
  if (heads.length === 0) return words;
  return {
    ...{ text: [...heads, text].join("\n"), locale: shown },
    ...(blocks && { blocks: [...heads.flatMap((one) => one.split("\n")).map(lineOf), ...blocks] }),
  };
}

/** Which announcement it corrects, adds to or ends; null where it stands by itself. */
function followsLine({ follows }: AnnouncementFacts, locale: Locale): string | null {
  if (!follows) return null;
  const title = localized(follows.title, locale).text;
  const at = formatDateTime(follows.publishedAt, locale);
  return translator(locale, "notices")(`follow.line.${follows.kind}`, { title, at });
}

/** "公告", "公告更正", "公告更新", "公告结束". */
export const announcementKind = ({ follows }: AnnouncementFacts, locale: Locale): string => {
  const t = translator(locale, "notices");
  return follows ? t(`follow.kind.${follows.kind}`) : t("type.announcement");
};

export const announcementTitle = ({ title }: AnnouncementFacts, locale: Locale): string =>
  localized(title, locale).text;
