type Props = {
  name: string;
  contentHash: string | null;
  address: string;
};

/**
 * The margins of every printed page say which version it is of (P03). Only a style sheet reaches the
 * margins; the words in it are escaped character by character.
 */
export function PrintFooter({ name, contentHash, address }: Props) {
  const mark = contentHash ? `${address}\nsha256:${contentHash}` : address;
  return (
    <style>{`@media print{@page{
@top-left{content:${cssString(name)};font:8pt sans-serif}
@bottom-left{content:${cssString(mark)};font:7pt sans-serif;white-space:pre;text-align:left}
@bottom-right{content:counter(page) "/" counter(pages);font:8pt sans-serif}
}}`}</style>
  );
}

/** A CSS string in which everything but letters and digits is an escape, so that no text can end it. */
export function cssString(text: string): string {
  const escaped = Array.from(text, (char) =>
    /[A-Za-z0-9]/.test(char) ? char : `\\${(char.codePointAt(0) ?? 0x20).toString(16)} `,
  );
  return `'${escaped.join("")}'`;
}
