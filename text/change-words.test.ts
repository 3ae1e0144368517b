import { describe, expect, test } from "vitest";

import { changeText, readChange, readNotice } from "./change-words";

const strong = (text: string) =>
  readChange(text).flatMap((block) =>
    block.kind === "line" ? block.runs.filter(({ isStrong }) => isStrong) : [],
  );

test("P05: what is bold in a line of a change list stays bold, beside any other sign", () => {
  const line = "新增**精确位置**、ANDROID_ID 和 a@b.example，见[附录](https://x.example/a)。";
  expect(strong(line)).toEqual([{ text: "精确位置", isStrong: true }]);
  expect(changeText(line)).toBe(
    "新增精确位置、ANDROID_ID 和 a@b.example，见附录 (https://x.example/a)。",
  );
});

test("lists, lists within lists and line ends are kept, with the author's numbers", () => {
  const text = "新增两项：\n\n1. **精确位置**\n   - 仅前台\n2. 设备型号\n\n第一行\n第二行";
  expect(readChange(text)).toMatchObject([
    { kind: "line" },
    {
      kind: "list",
      isOrdered: true,
      items: [
        { marker: "1.", blocks: [{ kind: "line" }, { kind: "list", isOrdered: false }] },
        { marker: "2." },
      ],
    },
    { kind: "line", runs: [{ text: "第一行" }, { text: "\n" }, { text: "第二行" }] },
  ]);
  expect(changeText("甲\n乙")).toBe("甲\n乙");
});

test("nothing a person wrote is lost, and nothing becomes markup", () => {
  expect(changeText("<b onclick='x'>甲</b>")).toBe("<b onclick='x'>甲</b>");
  expect(changeText("# 标题\n\n> 引文\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |")).toBe(
    "标题\n引文\n甲 乙\n1 2",
  );
  expect(changeText("---")).toBe("---");
  expect(changeText("[点这里](javascript:alert(1))")).toBe("点这里");
});

describe("a part of a notice", () => {
  const runs = (text: string) =>
    readNotice(text).flatMap((block) => (block.kind === "line" ? block.runs : []));

  test("leads to https and to mailboxes, and to nothing else", () => {
    expect(runs("见 [**说明**](https://docs.example/a)。")).toEqual([
      { text: "见 ", isStrong: false },
      { text: "说明", isStrong: true, href: "https://docs.example/a" },
      { text: "。", isStrong: false },
    ]);
    expect(runs("privacy@yunqiao.example")[0]?.href).toBe("mailto:privacy@yunqiao.example");
    for (const address of [
      "http://a.example",
      "javascript:alert(1)",
      "data:text/html,x",
      "/en",
      "#a",
    ])
      expect(runs(`[去](${address})`).some(({ href }) => href)).toBe(false);
  });

  test("has neither HTML nor pictures, and a heading is a bold line", () => {
    expect(runs("<img src=x onerror=alert(1)> <b>粗</b>")).toEqual([
      { text: "<img src=x onerror=alert(1)> <b>粗</b>", isStrong: false },
    ]);
    expect(runs("![图](https://a.example/x.png)")).toEqual([{ text: "图", isStrong: false }]);
    expect(runs("# 步骤")).toEqual([{ text: "步骤", isStrong: true }]);
  });

  test("in plain words says the address behind the words", () => {
    expect(changeText("- 见 [说明](https://docs.example/a)\n- **先**升级")).toBe(
      "- 见 说明 (https://docs.example/a)\n- 先升级",
    );
  });
});
