import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { parsePolicyText } from "./parse-text";
import { markdownOfPlainText } from "./plain-text";
import { outline, visibleText } from "./visible-text";

const GUIDE = "../shared/input/im-sdk-privacy-guide.zh-CN.txt";
const withoutBlanks = (text: string) => text.replace(/\s/g, "");
const shown = (text: string) => visibleText(parsePolicyText(markdownOfPlainText(text)));

describe("no character of a plain text is lost", () => {
  test.each([
    "WiFi 及4G\\\\5G 状态 a\\*b",
    "a < b > c & d &lt; &#65; <script>alert(1)</script> <!-- x -->",
    "*星* _下划线_ __init__ **粗** `code` ``` ~~~ ~~删~~ H~2~O",
    "[链接](javascript:alert(1)) ![图](x.png) [^1] [a]: http://x.example",
    "# 井\n## 井井\n> 引\n>> 引\n+ 加\n- 减\n---\n- - -\n***\n===\n+++\n--",
    "| a | b |\n| --- | :-: |\n| 1 | 2 |",
    "1. 甲\n2) 乙\n3.\n4. # 丙\n5. > 丁\n6. 1. 戊\n7. - 己\n8. ---",
    "1. 甲\n1. 乙\n\n1. 丙\n2. 丁\n\n\n2. 戊\n7) 己\n7) 庚",
    "    四个空格\n\t制表\n\u3000\u3000全角缩进",
    "标题\n===\n标题\n---",
    "https://a.example/x_y_z。见 a_b@c.example,www.d.example/*",
    "一、\n(一)\n第一条\n(1)\n①\na.\n•\n-",
    "Setext heading that is long enough to be taken for a wrapped line of text\n---\nx | y | z",
    "``` js\nlet x\n```\n~~~\n<div>\n**a**\n</div>",
  ])("%j", (text) => {
    expect(withoutBlanks(shown(text))).toBe(withoutBlanks(text));
  });

  test("whatever its lines are", () => {
    const markup = fc.constantFrom(
      ..."\\`*_[]<>&~|#+-=.!():1a\u3000 \t一二、(\uff08\uff09①•第章条中。",
      "\n",
      "\n\n",
      "1. ",
      "- ",
      "http://a.example",
      "www.b.example",
      "c@d.example",
      "&amp;",
      "    ",
    );
    const character = fc.oneof(
      { weight: 4, arbitrary: markup },
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 4 }),
    );
    const isText = (text: string) => !/[\u0000-\u0008\u000e-\u001f\u007f]/.test(text);
    const text = fc
      .array(character, { maxLength: 40 })
      .map((all) => all.join(""))
      .filter(isText);
    fc.assert(
      fc.property(text, (source) => withoutBlanks(shown(source)) === withoutBlanks(source)),
      { numRuns: 2000 },
    );
  });
});

test("each line of a plain text is a paragraph, but English wrapped by hand is one", () => {
  expect(parsePolicyText(markdownOfPlainText("服务方案\n处理目的"))).toHaveLength(2);
  const wrapped = `${"We tell you about every change of this policy by mail and"}\nin the console.`;
  expect(shown(wrapped)).toBe(
    "We tell you about every change of this policy by mail and in the console.",
  );
});

describe.runIf(existsSync(GUIDE))("the real privacy guide", () => {
  const guide = () => readFileSync(GUIDE, "utf8");

  test("characters in = characters out", () => {
    const [before, after] = [withoutBlanks(guide()), withoutBlanks(shown(guide()))];
    process.stdout.write(`the guide: ${before.length} characters in, ${after.length} out\n`);
    expect(after.length).toBe(before.length);
    expect(after).toBe(before);
  });

  test("its ten sections, the introduction and the subsections have anchors", () => {
    const entries = outline(parsePolicyText(markdownOfPlainText(guide())));
    const anchors = (level: number) =>
      entries.filter((entry) => entry.level === level).map(({ anchor }) => anchor);
    expect(anchors(2)).toEqual([
      "sec-intro",
      ...Array.from({ length: 10 }, (_, i) => `sec-${i + 1}`),
    ]);
    const subsections = { 1: 5, 3: 3, 4: 2, 5: 2, 6: 3 };
    expect(anchors(3)).toEqual(
      Object.entries(subsections).flatMap(([section, count]) =>
        Array.from({ length: count }, (_, i) => `sec-${section}-${i + 1}`),
      ),
    );
  });
});
