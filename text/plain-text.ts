const CHINESE = /[\u2e80-\u9fff\uff00-\uffef]/;

/**
 * Markdown that reads as exactly this plain text: what Markdown would eat is escaped, and each line is
 * a paragraph of its own. Lines of "1. …" and "- …" stay lists. English that was wrapped by hand
 * (50–100 characters a line) is joined to paragraphs again. Lines must end in "\n".
 */
export function markdownOfPlainText(text: string): string {
  return text
    .split(/\n[^\S\n]*\n/)
    .map((block) => block.split("\n").map((line) => line.trim()))
    .map((lines) => lines.filter((line) => line !== ""))
    .filter((lines) => lines.length > 0)
    .map((lines) =>
      lines.map((line) => guardStart(escapeInline(line))).join(isWrapped(lines) ? "\n" : "\n\n"),
    )
    .join("\n\n")
    .concat("\n");
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
  return line.replace(/^(?=[#=+-])/, "\\").replace(/^(\d{1,9})(?=[.)](?:\s|$))/, "$1\\");
}

/** Lines of a Latin text that all but the last reach the same margin. */
function isWrapped(lines: string[]): boolean {
  return (
    lines.length > 1 &&
    !lines.some((line) => CHINESE.test(line) || /^(?:[-+*•]|\d{1,3}[.)])\s/.test(line)) &&
    lines.slice(0, -1).every(({ length }) => length >= 50 && length <= 100)
  );
}
