/** What a request names at most, and how long one name may be. */
export const MOST_SUBJECTS = 10_000;
export const LONGEST_SUBJECT = 128;

/** Reports name this many lines; the rest is counted. */
const LINES_SHOWN = 10;

/** Control, format (zero-width, direction) and unassigned characters: invisible, so nobody can check them. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u;
const HEADING = /^"?(user[_ ]?ids?|用户ID|用户标识)"?$/i;

export type SubjectList = {
  subjects: string[];
  /** Line numbers, from 1. */
  duplicates: number[];
  tooLong: number[];
  invisible: number[];
};

/**
 * Reads UserIDs or other identifiers, one a line, from a pasted text or the first column of a CSV
 * file. Blank lines and a heading are passed over, repetitions are left out and counted.
 */
export function readSubjects(text: string, { isCsv = false } = {}): SubjectList {
  const found: SubjectList = { subjects: [], duplicates: [], tooLong: [], invisible: [] };
  const seen = new Set<string>();
  text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .forEach((line, index) => {
      const subject = (isCsv ? firstCell(line) : line).trim();
      if (subject === "" || (index === 0 && HEADING.test(subject))) return;
      const at = index + 1;
      if (subject.length > LONGEST_SUBJECT) found.tooLong.push(at);
      else if (!subject.isWellFormed() || INVISIBLE.test(subject)) found.invisible.push(at);
      else if (seen.has(subject)) found.duplicates.push(at);
      else {
        seen.add(subject);
        found.subjects.push(subject);
      }
    });
  return found;
}

/** "3, 17, 20 … (+4)": the lines a report names. */
export function namedLines(lines: readonly number[]): string {
  const shown = lines.slice(0, LINES_SHOWN).join(", ");
  return lines.length > LINES_SHOWN ? `${shown} … (+${lines.length - LINES_SHOWN})` : shown;
}

/** A quoted cell may hold commas and doubled quotes. */
function firstCell(line: string): string {
  const quoted = /^\s*"((?:[^"]|"")*)"/.exec(line)?.[1];
  return quoted === undefined ? (line.split(/[,;\t]/)[0] ?? "") : quoted.replaceAll('""', '"');
}
