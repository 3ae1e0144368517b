import type { Field } from "./forms";

type Entry = [name: string, value: string | File];
/** What is sent in the place of a field. */
type Wrong = (field: Field) => Entry[];

const instead =
  (value: string): Wrong =>
  ({ name }) => [[name, value]];

const file = (name: string) => new File(["not a text\u0000\u00ff"], name);

/** What no form asks for: sent in the place of one field, the others being right. */
export const WRONG_FIELDS: Record<string, Wrong> = {
  missing: () => [],
  "odd characters": instead("a\u0000b\u001b[1m\u2028\u202e%00%ff'\"<\u{1f600}"),
  "another kind": ({ name, value, isFile }) =>
    isFile ? [[name, "a text"]] : [[name, file(`${value.slice(0, 20)}.txt`)]],
  "a number too large": instead("99999999999999999999"),
  "an id that nobody has": instead("00000000-0000-4000-8000-000000000000"),
  repeated: ({ name, value }) => [
    [name, value],
    [name, "another"],
  ],
  "too long": instead("长".repeat(30_000)),
};

/** Those of the longer form. */
export const MORE_WRONG_FIELDS: Record<string, Wrong> = {
  "space alone": instead(" \u3000\n"),
  NUL: instead("\u0000"),
  "a control character": instead("a\u0007b"),
  "a line separator": instead("a\u2028b"),
  "half a character": instead("\ud800"),
  "below nothing": instead("-1"),
  "a fraction": instead("1.5"),
  "no number": instead("NaN"),
  "beyond numbers": instead("1e309"),
  "a date too far": instead("+275760-09-13"),
  "no date": instead("2026-02-31T25:61"),
  "a name that every object has": instead("__proto__"),
  "the end of a script": instead("</script><script>alert(1)</script>"),
  "a formula": instead("=1+1"),
  "an odd file name": ({ name }) => [[name, file("a\u0000/../\u202e.exe".repeat(40))]],
  "many files": ({ name }) => Array.from({ length: 30 }, () => [name, file("a.csv")]),
  "rows without end": ({ name }) => [
    [`${name}.999999.a`, "a"],
    [`${name}.0.${name}.0`, "a"],
    [`${name}.__proto__`, "a"],
  ],
};

/** JSON that stands in the place of any part of a body, as text: not all of it can be written otherwise. */
const WRONG_JSON = [
  ...["null", "true", "-1", "1e308", "99999999999999999999", '""', "[]", "{}", "[[]]"],
  ...[
    String.raw`"a\u0000b"`,
    String.raw`"\ud800"`,
    String.raw`"\u2028\u202e"`,
    '"2026-13-45T99:99Z"',
  ],
  ...['{"__proto__":{"a":1},"constructor":1}', JSON.stringify("长".repeat(20_000))],
];

/** Bodies that are none. */
const NO_JSON = [
  ...["", "{", "\u0000", "[".repeat(20_000), '{"a":1}{"a":1}', "\ufeff{}"],
  `{${Array.from({ length: 20_000 }, (_, at) => `"k${at}":1`).join()}}`,
];

/** A body with each of its parts in turn wrong, left out, or named twice; then bodies that are none. */
export const wrongBodies = (right: unknown): (string | Uint8Array<ArrayBuffer>)[] => [
  ...pathsOf(right).flatMap((path) => WRONG_JSON.map((wrong) => withPart(right, path, wrong))),
  ...pathsOf(right).map((path) => withPart(right, path, null)),
  ...NO_JSON,
  new Uint8Array([0x7b, 0xff, 0xfe, 0xed, 0xa0, 0x80, 0x7d]),
];

type Path = readonly string[];

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...at, key]))];
}

/** The body as text, with another text at a path; null leaves the part out. */
function withPart(value: unknown, [key, ...rest]: Path, text: string | null): string {
  if (key === undefined) return text ?? "";
  const isList = Array.isArray(value);
  const parts = Object.entries(value as object).flatMap(([name, part]: [string, unknown]) => {
    const written = name === key ? withPart(part, rest, text) : JSON.stringify(part);
    if (written === "") return [];
    return isList ? written : `${JSON.stringify(name)}:${written}`;
  });
  return isList ? `[${parts.join()}]` : `{${parts.join()}}`;
}
