const CHINESE = /[\u2e80-\u9fff\uff00-\uffef]/;

/**
 * Markdown that reads as exactly this plain text: what Markdown would eat is escaped, and each line is
 * a paragraph of its own. Lines of "1. …" and "- …" stay lists. English that was wrapped by hand
 * (50–100 characters a line) is joined to paragraphs again. Lines must end in "\n".
 */
export function markdownOfPlainText(text: string): string {
  const blocks = text
    .split(/\n[^\S\n]*\n/)
    .map((block) => block.split("\n").map((line) => line.trim()))
    .map((lines) => lines.filter((line) => line !== ""))
    .filter((lines) => lines.length > 0)
    .flatMap((lines) => {
      const guarded = lines.map((line) => guardStart(escapeInline(line)));
      return isWrapped(lines) ? [guarded.join("\n")] : guarded;
    });
  return `${withOwnNumbers(blocks).join("\n\n")}\n`;
}

/**
 * Lines or blocks of Markdown that follow each other, so that each keeps the number it was written
 * with: of "1. …" and "1. …" Markdown would make 1 and 2, so the second becomes a paragraph.
 */
export function withOwnNumbers(parts: readonly string[]): string[] {
  const numbers = parts.map((part) => /^\d{1,9}[.)] /.exec(part)?.[0]);
  return parts.map((part, index) =>
    numbers[index] && numbers[index] === numbers[index - 1] ? escapeNumber(part) : part,
  );
}

/** Markdown that shows these characters and nothing else, anywhere within a line. */
export function escapeInline(text: string): string {
  return text.replace(/[\\`*_[\]<>&~|]/g, "\\$&");
}

/**
 * Makes sure that nothing at the start of an escaped line begins a heading, quote, rule or another
 * block. A list item stays one.
 */
export function guardStart(line: string): string {
  const [list, marker, content] = /^([-+]|\d{1,9}[.)])[ \t]+(\S.*)$/s.exec(line) ?? [];
  if (list && marker && content && !/^(?:-[ \t]*){3,}$/.test(line)) {
    return `${marker} ${escapeStart(content)}`;
  }
  return escapeStart(line);
}

function escapeStart(line: string): string {
  return escapeNumber(line.replace(/^(?=[#=+-])/, "\\"));
}

const escapeNumber = (line: string): string => line.replace(/^(\d{1,9})(?=[.)](?:\s|$))/, "$1\\");

/** Lines of a Latin text that all but the last reach the same margin. */
function isWrapped(lines: string[]): boolean {
  return (
    lines.length > 1 &&
    !lines.some((line) => CHINESE.test(line) || /^(?:[-+*•]|\d{1,3}[.)])\s/.test(line)) &&
    lines.slice(0, -1).every(({ length }) => length >= 50 && length <= 100)
  );
}
