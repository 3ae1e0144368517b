import { INVISIBLE, unseenIn } from "@/lib/csv-lines";
import { type ColumnFaults, type Heads, looksRounded, readColumn } from "@/lib/id-column";

import { Invalid } from "../errors";
import { columnRefusals, namedLines, textOfList } from "../list-text";

/** What a request names at most, and how long one name may be. */
export const MOST_SUBJECTS = 10_000;
export const LONGEST_SUBJECT = 128;

/**
 * A UserID is what an app knows its users by; where no column has one, what else people are known by.
 * Words that might be somebody's identifier (user, account) are no heads: a list may begin with it.
 */
const HEADS: Heads = [
  ["userid", "userids", "uid", "用户id", "用户标识", "用户账号", "用户帐号", "用户uid"],
  [
    ...["标识", "账号", "帐号", "手机号", "手机", "手机号码", "邮箱", "电子邮箱", "昵称"],
    ...["phonenumber", "mobilenumber", "email", "emailaddress", "nickname"],
  ],
];

export type SubjectList = {
  subjects: string[];
  /** Line numbers, from 1. */
  duplicates: number[];
  tooLong: number[];
  invisible: number[];
  /** What is invisible in those lines: "U+200B". */
  signs: string[];
  column: ColumnFaults;
};

/**
 * Reads UserIDs or other identifiers, one a line or from the column with their name. Blank lines and
 * a heading are passed over, repetitions are left out and counted.
 */
export function readSubjects(text: string): SubjectList {
  const { cells, faults } = readColumn(text, HEADS);
  const found: SubjectList = {
    ...{ subjects: [], duplicates: [], tooLong: [], invisible: [], signs: [] },
    column: faults,
  };
  const seen = new Set<string>();
  const signs = new Set<string>();
  for (const { line, value } of cells) {
    if (value.length > LONGEST_SUBJECT) found.tooLong.push(line);
    else if (!value.isWellFormed() || INVISIBLE.test(value)) {
      found.invisible.push(line);
      unseenIn(value).forEach((sign) => signs.add(sign));
    } else if (seen.has(value)) found.duplicates.push(line);
    else {
      seen.add(value);
      found.subjects.push(value);
    }
  }
  return { ...found, signs: [...signs].slice(0, SIGNS_NAMED) };
}

const SIGNS_NAMED = 5;

/** The list as a form shows it, so that it is read back as the same subjects. */
export const writeSubjects = (subjects: readonly string[]): string =>
  subjects
    .map((one) => {
      if (looksRounded(one)) return `'${one}`;
      return /[\t,;，；、"]|^[=']/.test(one) ? `"${one.replaceAll('"', '""')}"` : one;
    })
    .join("\n");

const ROUNDED = "lists.errors.rounded";

type Given = {
  list: string;
  file: Uint8Array | null;
  /** One person's field: words about lines and columns of lists would say nothing to them. */
  isOne?: boolean;
};

/**
 * The subjects of a request's form: of its file where one was chosen, else of its list.
 * @throws Invalid at the field that brought them, naming every line that cannot be used
 */
export function readListed({ list, file, isOne = false }: Given): {
  subjects: string[];
  duplicates: number;
} {
  const { field, text } = textOfList({ field: "list", text: list, fileField: "csv", file });
  const { subjects, duplicates, tooLong, invisible, signs, column } = readSubjects(text);
  const count = subjects.length;
  const { keys, values } = columnRefusals(column);
  if (isOne && keys.some((key) => key !== ROUNDED))
    throw new Invalid("errors.form", { [field]: ["requests.errors.oneAccount"] });
  const refusals = [
    ...keys,
    ...(tooLong.length > 0 ? ["requests.errors.linesTooLong"] : []),
    ...(invisible.length > 0 ? ["requests.errors.linesInvisible"] : []),
    ...(count > MOST_SUBJECTS ? ["requests.errors.tooManySubjects"] : []),
  ];
  if (refusals.length === 0 && count === 0) refusals.push("errors.field.required");
  if (refusals.length === 0) return { subjects, duplicates: duplicates.length };
  throw new Invalid(
    "errors.form",
    { [field]: refusals },
    {
      ...values,
      column: "UserID",
      long: namedLines(tooLong),
      invisible: namedLines(invisible),
      signs: signs.join(", "),
      most: LONGEST_SUBJECT,
      count,
    },
  );
}
