/** Far beyond any real text, and well before the Markdown parser runs out of stack or time. */
const MOST = { containers: 40, indent: 80, run: 100, open: 500, runs: 20_000 };

const CONTAINERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;
const CONTAINER = />|[-+*]|\d+[.)]/g;

/**
 * Whether a Markdown text nests quotes, lists or emphasis so deeply that no one can have meant it: more
 * than 40 quotes or lists in a line, an item indented by more than 80 columns, or hundreds of emphases
 * left open in one paragraph.
 */
export function nestsTooDeeply(markdown: string): boolean {
  return (
    markdown.split("\n").some(opensTooManyContainers) ||
    markdown.split(/\n[ \t]*\n/).some(opensTooManyEmphases)
  );
}

function opensTooManyContainers(line: string): boolean {
  const containers = CONTAINERS.exec(line)?.[0];
  if (!containers) return false;
  const indent = containers.length - containers.trimStart().length;
  return indent > MOST.indent || (containers.match(CONTAINER)?.length ?? 0) > MOST.containers;
}

/** Counts as CommonMark does: a run opens where a word follows it, and closes where one stands before. */
function opensTooManyEmphases(paragraph: string): boolean {
  let runs = 0;
  let open = 0;
  for (const match of paragraph.matchAll(/\\.|([*_~]+)/gs)) {
    const run = match[1];
    if (!run) continue;
    const before = /\s/.test(paragraph[match.index - 1] ?? " ");
    const after = /\s/.test(paragraph[match.index + run.length] ?? " ");
    runs += 1;
    open += Number(before) - Number(after);
    const isRule = before && after;
    if (open > MOST.open || runs > MOST.runs || (run.length > MOST.run && !isRule)) return true;
  }
  return false;
}
