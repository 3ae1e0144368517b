import fc from "fast-check";
import { expect, test } from "vitest";

import { mergeInlines, trimInlines } from "./inlines";
import { parsePolicyText } from "./parse-text";
import type { Inline } from "./blocks";
import { writeCell, writeParagraph, writeTitle } from "./write-markdown";

/** Every visible character, with "!" behind those in bold. */
const bold = (inlines: Inline[]) =>
  inlines
    .flatMap((inline) => (inline.kind === "text" ? [inline] : []))
    .flatMap(({ text, strong }) =>
      [...text.replace(/\s/g, "")].map((char) => char + (strong ? "!" : "")),
    )
    .join("");

test("P05: bold survives, whatever stands beside it", () => {
  const piece = fc.constantFrom(
    ..."aB字文()。:“” *_1!.~|<&\uff0c\uff08\uff09",
    "Note:",
    "(敏感)",
    "**",
  );
  const words = fc.array(piece, { minLength: 1, maxLength: 5 }).map((all) => all.join(""));
  const runs = fc.array(fc.tuple(words, fc.boolean()), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(runs, (all) => {
      const inlines = all.map(([text, strong]): Inline => {
        return { kind: "text", text, ...(strong && { strong: true }) };
      });
      const wanted = mergeInlines(trimInlines([{ kind: "text", text: "文" }, ...inlines]));
      const [block] = parsePolicyText(writeParagraph(wanted));
      expect(block?.kind === "paragraph" && bold(block.inlines)).toBe(bold(wanted));
    }),
    { numRuns: 1_000 },
  );
});

test("a line break is written as its place allows", () => {
  const inlines: Inline[] = [
    { kind: "text", text: "# 甲" },
    { kind: "break" },
    { kind: "text", text: "- - -" },
  ];
  expect(writeParagraph(inlines)).toBe("\\# 甲\\\n\\- - -");
  expect(writeCell(inlines)).toBe("# 甲<br>- - -");
  expect(writeTitle(inlines)).toBe("# 甲 - - -");
});
