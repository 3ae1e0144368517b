import { expect, test } from "vitest";

import { changeText, readChange } from "./change-words";

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
