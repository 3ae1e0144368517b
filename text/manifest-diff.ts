import { cellOf, NO_ROWS, type ManifestRow, type ManifestRows } from "./manifest";
import { MANIFEST_FIELDS, MANIFEST_PARTS, type ManifestPart } from "./manifest-words";

/** `before` and `after` as they stand; of "sensitive" "" or "sensitive". */
export type FieldChange = { field: string; before: string; after: string };

/** What became of something listed; a change says which of its columns say something else. */
export type ManifestChange = {
  part: ManifestPart;
  kind: "added" | "removed" | "changed";
  /** What is listed: one kind of information, permission or party, or several with the same change. */
  name: string;
  /** Of a register: who it is. */
  role: string;
  fields: FieldChange[];
  /** Whether it is sensitive now or, where it is gone, was. */
  sensitive: boolean;
};

/**
 * Two lists compared by what they mean (P08, P09, P51): collected anew, no longer collected, another
 * purpose, permission or place. A row that names several things ("昵称、头像地址") is each of them, so
 * that the thing added to it is what is told; order, layout and punctuation at the end count for
 * nothing. Changes alike in all but the name are told once.
 */
export function compareManifests(
  before: ManifestRows | null,
  after: ManifestRows | null,
): ManifestChange[] {
  return MANIFEST_PARTS.flatMap((part) =>
    joined(comparePart(part, itemsOf(part, before), itemsOf(part, after))),
  );
}

type Item = { name: string; row: ManifestRow; values: Record<string, string> };

function itemsOf(part: ManifestPart, rows: ManifestRows | null): Item[] {
  return (rows ?? NO_ROWS)[part].flatMap((row) =>
    (part === "register" ? [row.name.trim()] : namesOf(row.name)).map((name) => ({
      name,
      row,
      values: Object.fromEntries([
        ...MANIFEST_FIELDS[part]
          .filter((field) => field !== "name")
          .map((field) => [field, cellOf(row, field)]),
        ["sensitive", row.sensitive ? "sensitive" : ""],
      ]),
    })),
  );
}

/**
 * What two documents of one product contradict each other in, by name: a list that both have names it in
 * one alone, calls it sensitive in one alone, or asks for it by other permissions where both say which. In
 * what words a purpose is put is each document's own.
 */
export function contradictions(own: ManifestRows, theirs: ManifestRows | null): string[] {
  return MANIFEST_PARTS.flatMap((part) => {
    const [one, other] = [saidOf(itemsOf(part, own)), saidOf(itemsOf(part, theirs))];
    if (one.size === 0 || other.size === 0) return [];
    const differing = [...other].filter(([key, said]) => {
      const here = one.get(key);
      return (
        !here || here.sensitive !== said.sensitive || isOther(here.permissions, said.permissions)
      );
    });
    const missing = [...one].filter(([key]) => !other.has(key));
    return [...differing, ...missing].map(([, { name }]) => name);
  });
}

type Said = { name: string; sensitive: boolean; permissions: ReadonlySet<string> };

function saidOf(items: readonly Item[]): Map<string, Said> {
  const said = new Map<string, Said>();
  for (const { name, row, values } of items) {
    const known = said.get(plain(name));
    const permissions = namesOf(values["permission"] ?? "").map(plain);
    said.set(plain(name), {
      name,
      sensitive: row.sensitive || known?.sensitive === true,
      permissions: new Set([...(known?.permissions ?? []), ...permissions]),
    });
  }
  return said;
}

/** A cell without permissions may leave them to the list of permissions. */
const isOther = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size > 0 &&
  other.size > 0 &&
  (one.size !== other.size || [...one].some((name) => !other.has(name)));

/** The things that a cell names. A comma within brackets parts nothing. */
export function namesOf(cell: string): string[] {
  const parts = cell
    .split(/[、，；;\n]|,(?!\d)|\s+and\s+(?=[^()（）]*$)/)
    .reduce<string[]>((all, part) => {
      const last = all.at(-1);
      if (last !== undefined && opened(last) > 0) all[all.length - 1] = `${last}、${part}`;
      else all.push(part);
      return all;
    }, [])
    .map((part) => part.trim().replace(/^and\s+/, ""))
    .filter((part) => part !== "");
  return [...new Map(parts.map((part) => [plain(part), part])).values()];
}

const opened = (text: string): number =>
  (text.match(/[(（]/g) ?? []).length - (text.match(/[)）]/g) ?? []).length;

/** As a reader takes it: width, case, blanks and the full stop at its end do not count. */
export const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/\s+/g, "")
    .replace(/[。.;；，,]+$/, "");

function comparePart(part: ManifestPart, before: Item[], after: Item[]): ManifestChange[] {
  const gone = new Set(before);
  const pairs = new Map<Item, Item>();
  // Under the same plan, group or role first; then wherever the same thing stands now.
  for (const key of [wholeKey, groupKey, nameKey]) {
    const left = grouped([...gone], key);
    for (const item of after) {
      if (pairs.has(item)) continue;
      const was = left.get(key(item))?.shift();
      if (!was) continue;
      pairs.set(item, was);
      gone.delete(was);
    }
  }
  const changes = after.flatMap((item): ManifestChange[] => {
    const was = pairs.get(item);
    const about = { part, name: item.name, ...standing(item) };
    if (!was) return [{ ...about, kind: "added", fields: [] }];
    const fields = changedFields(was, item);
    return fields.length > 0 ? [{ ...about, kind: "changed", fields }] : [];
  });
  const removed = [...gone].map((item): ManifestChange => {
    const about = { part, name: item.name, ...standing(item) };
    return { ...about, kind: "removed", fields: [] };
  });
  return [...changes, ...removed];
}

const standing = ({ row, values }: Item) => ({
  role: values.role ?? "",
  sensitive: row.sensitive,
});
const nameKey = ({ name }: Item) => plain(name);
const groupKey = ({ name, values: { plan = "", group = "", role = "" } }: Item) =>
  [plan, group, role, name].map(plain).join("\n");
const wholeKey = ({ name, values }: Item) => [name, ...Object.values(values)].map(plain).join("\n");

const changedFields = (was: Item, item: Item): FieldChange[] =>
  Object.keys(item.values).flatMap((field) => {
    const [before = "", after = ""] = [was.values[field], item.values[field]];
    return plain(before) === plain(after) ? [] : [{ field, before, after }];
  });

/** Several things that the same happened to are one line: "昵称、头像地址". */
function joined(changes: readonly ManifestChange[]): ManifestChange[] {
  const alike = grouped(changes, ({ kind, role, fields, sensitive }) =>
    JSON.stringify([kind, role, fields, sensitive]),
  );
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const names = [first, ...others].map(({ name }) => name);
    const isLatin = names.every((name) => !/[\u2e80-\u9fff]/.test(name));
    return [{ ...first, name: names.join(isLatin ? ", " : "、") }];
  });
}

function grouped<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}
