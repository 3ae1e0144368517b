import type { Locale } from "@/db/vocabulary/languages";
import type { PolicyChangeFacts } from "@/domain/broadcasts/facts";
import { translator } from "@/messages/translator";
import type { ChangeRun } from "@/text/change-words";
import type { ManifestChange } from "@/text/manifest-diff";
import type { ManifestField } from "@/text/manifest-words";

type FieldChange = ManifestChange["fields"][number];

/** One sentence for each thing that became of the lists: the same on the page, in the notice and its mail. */
export function listChangeLine(change: ManifestChange, locale: Locale): string {
  const t = translator(locale, "broadcasts");
  const { part, kind, name, role, fields, sensitive } = change;
  const about = part === "register" ? roleOf(role) : part;
  return t(`lists.said.${about}.${kind}`, {
    name,
    mark: sensitive ? t("lists.sensitive") : "",
    fields: fields.map((field) => fieldLine(field, locale)).join(t("lists.separator")),
  });
}

/** The same with its name in bold where what it names is sensitive (P05). */
export function listChangeRuns(change: ManifestChange, locale: Locale): ChangeRun[] {
  const name: ChangeRun = { text: change.name, isStrong: change.sensitive };
  return listChangeLine({ ...change, name: PLACE }, locale)
    .split(PLACE)
    .flatMap((text, index) => [...(index > 0 ? [name] : []), { text, isStrong: false }])
    .filter(({ text }) => text !== "");
}

/** Stands for the name while the sentence is made (Unicode keeps it free for private use). */
const PLACE = "\ue000";

function fieldLine({ field, before, after }: FieldChange, locale: Locale): string {
  const t = translator(locale, "broadcasts");
  if (field === "sensitive") return t(after ? "lists.sensitiveNow" : "lists.sensitiveNoMore");
  const name = t(`lists.field.${field as FieldName}`);
  if (!before) return t("lists.filled", { field: name, after });
  if (!after) return t("lists.emptied", { field: name, before });
  return t("lists.changed", { field: name, before, after });
}

/** Of rows that are read by text/manifest.ts, which knows no others. */
type FieldName = Exclude<ManifestField, "name">;

const roleOf = (role: string) =>
  role === "source" || role === "processor" || role === "disclosure" ? role : "recipient";

/** A notice names so many; the comparison that it leads to names all. */
const MOST = 12;

/** What a notice says of the lists, in the reader's language or in that of the text that has them. */
export function listChangesOf({ lists }: PolicyChangeFacts, locale: Locale) {
  if (!lists) return null;
  const t = translator(locale, "broadcasts");
  const changes = lists[locale] ?? Object.values(lists).flat();
  if (changes.length === 0) return null;
  const lines = changes.slice(0, MOST).map((change) => listChangeRuns(change, locale));
  const left = changes.length - lines.length;
  return {
    heading: t("lists.heading"),
    lines:
      left > 0 ? [...lines, [{ text: t("lists.more", { count: left }), isStrong: false }]] : lines,
  };
}
