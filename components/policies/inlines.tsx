import { linkClass } from "@/components/ui/link";
import { cn } from "@/lib/cn";
import { type Inline, type TextInline } from "@/text/blocks";

import { InTurns } from "./in-turns";

/** A line of a policy text. Its addresses were checked when it was parsed; nothing in it is HTML. */
export function Inlines({ inlines }: { inlines: readonly Inline[] }) {
  return (
    <InTurns>
      {inlines.map((inline, index) => (
        <One key={index} inline={inline} />
      ))}
    </InTurns>
  );
}

function One({ inline }: { inline: Inline }) {
  switch (inline.kind) {
    case "break":
      return <br />;
    case "link":
      return (
        <a
          href={inline.href}
          rel="noopener noreferrer"
          className={cn(linkClass("text"), inline.href.startsWith("mailto:") && "wrap-anywhere")}
        >
          <Inlines inlines={inline.children} />
        </a>
      );
    case "text":
      return marked(inline);
  }
}

function marked({ text, strong, em, struck, code }: TextInline): React.ReactNode {
  let shown: React.ReactNode = text;
  if (code) shown = <code className="font-mono text-[0.92em]">{shown}</code>;
  if (struck) shown = <s>{shown}</s>;
  if (em) shown = <em>{shown}</em>;
  if (strong) shown = <strong>{shown}</strong>;
  return shown;
}

/** A Chinese number stands close to its title ("一、"), a Latin one keeps a blank ("1.1 "). */
export function withBlank(number: string): string {
  return /[\u2e80-\u9fff\uff00-\uffef]/.test(number) ? number : `${number} `;
}
