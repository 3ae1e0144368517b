import { useLocale, useTranslations } from "next-intl";

import { ContentsList } from "@/components/ui/contents";
import { EmptyState } from "@/components/ui/empty-state";
import { linkClass } from "@/components/ui/link";
import { Pager } from "@/components/ui/pager";
import type { Locale } from "@/db/vocabulary/languages";
import { type Address, at, withLanguage, withQuery } from "@/lib/addresses";
import { countedAs, type DiffEntry, numberChanges, type NumberedEntry } from "@/text/diff";

import { DiffEntryText } from "./diff-entry";
import { type DiffLayout } from "./diff-options";
import { InTurns } from "./in-turns";

/** Steps of a comparison on one page: changed ones, each of 1.4 kB twice, stay within 300 kB. */
const MOST = 80;

type Props = {
  entries: readonly DiffEntry[];
  layout: DiffLayout;
  /** Leaves out what stayed; the sections' names say where each change is. */
  onlyChanges: boolean;
  lang: Locale;
  /** Names of the two versions, above the columns. */
  labels?: { before: React.ReactNode; after: React.ReactNode };
  /** Before the names of its places, where a page has two comparisons. */
  prefix?: string;
  /** Which page of a long comparison, from 1. */
  part?: number;
  /** The comparison's address, to lead to its other pages; without one only the first is shown. */
  href?: Address;
};

const EDGES = {
  added: "border-diff-ins-ink bg-diff-ins/40",
  removed: "border-diff-del-ink bg-diff-del/40",
  changed: "border-action",
  relinked: "border-action",
  restyled: "border-action",
  moved: "border-diff-move-ink bg-diff-move/50",
  split: "border-action",
  merged: "border-action",
} as const;

/** Two versions clause by clause. Each change has a word, a number and links to the ones beside it. */
export function DiffView(props: Props) {
  const { entries, layout, onlyChanges, lang, labels, prefix = "", href } = props;
  const t = useTranslations("policies.diff");
  const locale = useLocale();
  const numbered = numberChanges(entries);
  const total = Math.max(0, ...numbered.map(({ number }) => number ?? 0));
  const all = onlyChanges ? numbered.filter(isChange) : numbered;
  if (!numbered.some(isChange)) return <EmptyState title={t("same")}>{t("sameText")}</EmptyState>;

  const shown = pageOf(all, props.part);
  const linkTo = linksWithin(all, { ...props, prefix, locale });
  return (
    <div
      className="max-w-measure text-body grid grid-cols-1 gap-4 data-[layout=split]:max-w-none"
      data-layout={layout}
    >
      {layout === "split" && (
        <div className="border-line-strong bg-surface text-small sticky top-0 z-[var(--z-sticky)] grid grid-cols-2 gap-x-8 border-b px-4 py-2 font-semibold max-lg:hidden">
          <p>{labels?.before}</p>
          <p>{labels?.after}</p>
        </div>
      )}
      <InTurns>
        {shown.map((item, index) => (
          <div key={index} className="contents">
            {onlyChanges && startsSection(shown, index) && (
              <h2 lang={lang} className="text-h4 mt-6 first:mt-0">
                <SectionName section={sectionAt(item.entry)} />
              </h2>
            )}
            <Row {...{ item, numbered, layout, onlyChanges, total, lang, prefix, linkTo }} />
          </div>
        ))}
      </InTurns>
      <Parts count={all.length} part={props.part} href={href} />
    </div>
  );
}

type RowProps = Pick<Props, "layout" | "onlyChanges" | "lang"> & {
  item: NumberedEntry;
  /** All steps, to find what belongs to this one. */
  numbered: readonly NumberedEntry[];
  total: number;
  prefix: string;
  /** The address of a change by the id of its place, on whichever page it stands. */
  linkTo: (id: string) => string;
};

function Row({ item, numbered, layout, onlyChanges, total, lang, prefix, linkTo }: RowProps) {
  const { entry, number } = item;
  const t = useTranslations("policies.diff");
  if (entry.kind === "unchanged" || number === null) {
    return (
      <div lang={lang} className="text-ink-soft px-4">
        <DiffEntryText entry={entry} layout={layout} onlyChanges={onlyChanges} />
      </div>
    );
  }
  const kind = kindOf(entry);
  return (
    <div
      id={idOf(item, prefix)}
      role="group"
      tabIndex={-1}
      aria-label={t("numberedChange", { number, total, kind: t(`kinds.${kind}`) })}
      className={`target:outline-focus rounded-sm border-l-[3px] py-2 pr-4 pl-[13px] target:outline-2 ${EDGES[kind]}`}
    >
      <p className="text-caption text-ink-muted mb-1 flex flex-wrap items-baseline gap-x-3">
        <strong className="text-ink-soft">{t(`kinds.${kind}`)}</strong>
        {placesOf(item, numbered).map(({ at, other }) => (
          <a key={idOf(other, prefix)} href={linkTo(idOf(other, prefix))} className={linkClass()}>
            {t(at === "new" ? "movedTo" : "movedFrom", {
              section: sectionAt(other.entry)?.title ?? t("beginning"),
            })}
          </a>
        ))}
        <span className="ml-auto flex gap-3 print:hidden">
          {number > 1 && (
            <a href={linkTo(changeId(number - 1, prefix))} className="text-ink-soft min-h-6">
              {t("previous")}
            </a>
          )}
          <span className="tabular-nums">
            {number} / {total}
          </span>
          {number < total && (
            <a href={linkTo(changeId(number + 1, prefix))} className="text-ink-soft min-h-6">
              {t("next")}
            </a>
          )}
        </span>
      </p>
      <div lang={lang}>
        <DiffEntryText entry={entry} layout={layout} onlyChanges={onlyChanges} />
      </div>
    </div>
  );
}

/** The chapter says where in the text a section is that may be called the same elsewhere. */
function SectionName({ section }: { section: DiffEntry["section"] }) {
  const t = useTranslations("policies.diff");
  if (!section) return t("beginning");
  return (
    <>
      {section.chapter && <span className="text-ink-muted font-normal">{section.chapter} › </span>}
      {section.title}
    </>
  );
}

type ChangedEntry = Exclude<DiffEntry, { kind: "unchanged" }>;

/** The word for a change; the place a clause left says that it moved as well. */
function kindOf(entry: ChangedEntry): keyof typeof EDGES {
  const kind = countedAs(entry);
  return kind === null || kind === "renumbered" ? "moved" : kind;
}

/** What only got another number is no numbered change, but it is shown among them. */
function isChange({ entry }: NumberedEntry): boolean {
  return entry.kind !== "unchanged" || entry.isRenumbered;
}

function isLeft(entry: DiffEntry): boolean {
  return entry.kind === "moved" && entry.at === "old";
}

/** A moved clause is one change with two places. */
function idOf({ entry, number }: NumberedEntry, prefix: string): string {
  return `${changeId(number ?? 0, prefix)}${isLeft(entry) ? "-from" : ""}`;
}

/** A clause may be made of the sentences of many; the first of them say where to look. */
const MOST_PLACES = 6;

/** Where the rest of a change stands: a moved clause's other place, and what took up its words or lent them. */
function placesOf(item: NumberedEntry, all: readonly NumberedEntry[]): OtherStep[] {
  const { entry } = item;
  const others = (entry.others ?? [])
    .slice(0, MOST_PLACES)
    .flatMap(({ at, entry: place }): OtherStep[] => {
      const other = all[place];
      return other ? [{ at, other }] : [];
    });
  if (entry.kind !== "moved") return others;
  const twin = all.find((one) => one !== item && one.number === item.number);
  if (!twin) return others;
  return [{ at: entry.at === "old" ? "new" : "old", other: twin }, ...others];
}

type OtherStep = { at: "old" | "new"; other: NumberedEntry };

type Linking = Pick<Props, "part" | "href"> & { prefix: string; locale: string };

function linksWithin(
  all: readonly NumberedEntry[],
  { part, href, prefix, locale }: Linking,
): (id: string) => string {
  const shown = placeOf(all.length, part).part;
  const pages = new Map(
    all.map((item, index) => [idOf(item, prefix), Math.floor(index / MOST) + 1]),
  );
  return (id) => {
    const page = pages.get(id) ?? shown;
    if (!href || page === shown) return `#${id}`;
    return withLanguage(locale, withQuery(href, { part: page > 1 && page, "#": id }));
  };
}

/** Which steps a page shows; a page beyond the last is the last. */
function placeOf(count: number, part = 1): { part: number; from: number; to: number } {
  const shown = Math.min(part, Math.max(1, Math.ceil(count / MOST)));
  return { part: shown, from: (shown - 1) * MOST, to: Math.min(count, shown * MOST) };
}

function pageOf<Item>(items: readonly Item[], part: number | undefined): readonly Item[] {
  const { from, to } = placeOf(items.length, part);
  return items.slice(from, to);
}

type PartsProps = { count: number; part: number | undefined; href: Address | undefined };

function Parts({ count, part: wanted, href }: PartsProps) {
  const t = useTranslations("policies.diff");
  if (count <= MOST) return null;
  const { part, from, to } = placeOf(count, wanted);
  return (
    <Pager
      href={href ?? at("/policies")}
      name="part"
      previous={href && part > 1 ? String(part - 1) : null}
      next={href && to < count ? String(part + 1) : null}
      summary={t("part", { from: from + 1, to, total: count })}
    />
  );
}

/** The changes by number, each with its kind and section, to go to one of them. */
export function DiffIndex({
  entries,
  lang,
  onlyChanges,
  part,
}: Pick<Props, "entries" | "lang" | "onlyChanges" | "part">) {
  const t = useTranslations("policies.diff");
  const numbered = numberChanges(entries).filter((item) => !onlyChanges || isChange(item));
  const changes = pageOf(numbered, part).flatMap(({ entry, number }) =>
    number === null || entry.kind === "unchanged" || isLeft(entry)
      ? []
      : [{ entry, anchor: changeId(number) }],
  );
  return (
    <nav aria-label={t("index")} className="text-small leading-5.5">
      <h2 className="text-caption text-ink-muted mb-2">{t("index")}</h2>
      <ContentsList
        entries={changes.map(({ entry, anchor }) => ({
          anchor,
          title: (
            <>
              <span className="text-ink-muted mr-2 whitespace-nowrap">
                {t(`kinds.${kindOf(entry)}`)}
              </span>
              <span lang={lang}>{sectionAt(entry)?.title ?? t("beginning")}</span>
            </>
          ),
        }))}
      />
    </nav>
  );
}

export function changeId(number: number, prefix = ""): string {
  return `${prefix}change-${number}`;
}

function startsSection(shown: readonly NumberedEntry[], index: number): boolean {
  const [previous, here] = [shown[index - 1], shown[index]];
  if (!previous || !here) return true;
  const [last, own] = [sectionAt(previous.entry), sectionAt(here.entry)];
  // A section that went and one that came in its place have one anchor.
  return last?.anchor !== own?.anchor || last?.title !== own?.title;
}

/** Where an entry stands on the page: what moved away stands at its old place. */
function sectionAt(entry: DiffEntry): DiffEntry["section"] {
  return entry.kind === "moved" && entry.at === "old" ? entry.before.section : entry.section;
}
