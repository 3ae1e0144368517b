/** Where something that is no variable stands: its words, its line and its character in that line, both from 1. */
type Fault = { part: string; line: number; column: number };

/** What opens a variable, up to its end or else to the end of its line. A single brace is a brace. */
const VARIABLE = /\{\{([^{}\n]*)(\}\})?/g;

/** The first thing in a text that looks like a variable and is none of these, or is not closed; null where all is well. */
export function faultIn(text: string, names: readonly string[]): Fault | null {
  for (const [line, words] of text.split("\n").entries())
    for (const { 0: part, 1: name = "", 2: end, index } of words.matchAll(VARIABLE))
      if (!end || !names.includes(name.trim()))
        return { part, line: line + 1, column: [...words.slice(0, index)].length + 1 };
  return null;
}

/** A text with the values in the place of their variables; one without a value stays, to be seen. */
export const filled = (
  text: string,
  values: Readonly<Partial<Record<string, string | null>>>,
): string =>
  text.replaceAll(VARIABLE, (whole, name: string) =>
    Object.hasOwn(values, name.trim()) ? (values[name.trim()] ?? whole) : whole,
  );

/** The variables that texts use, in the order of their list. */
export function variablesIn<Name extends string>(
  texts: readonly string[],
  names: readonly Name[],
): Name[] {
  const used = texts.flatMap((text) =>
    [...text.matchAll(VARIABLE)].map(([, name = ""]) => name.trim()),
  );
  return names.filter((one) => used.includes(one));
}
