import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { MESSAGES } from "@/messages";
import { manifestOf } from "@/text/manifest";
import { parsePolicyText } from "@/text/parse-text";

import { ListChanges } from "./list-changes";
import { ManifestTables } from "./manifest-tables";

const rows = manifestOf(
  parsePolicyText(
    [
      ...["| 信息 | 目的 |", "|---|---|", "| **精确位置** | 发送位置 |", "| 设备型号 | 适配 |", ""],
      ...[
        "| 权限 | 使用时机 | 关闭之后 |",
        "|---|---|---|",
        "| 定位 | 选地点时 | 不能发送位置 |",
        "",
      ],
      ...["| 受托方 | 处理的信息 |", "|---|---|", "| 磐石 | 设备型号 |", ""],
    ].join("\n"),
  ),
);

const read = (node: React.ReactNode) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={MESSAGES["zh-CN"]} timeZone="Asia/Shanghai">
      {node}
    </NextIntlClientProvider>,
  );

test("P05, P08, P09, P51, P52: a table each with its caption, the mark of what is sensitive, what stops, who it is, and its file", () => {
  const html = read(<ManifestTables rows={rows} lang="zh-CN" csv={(part) => `/x/${part}.csv`} />);
  expect([...html.matchAll(/<caption[^>]*>([^<]*)/g)].map(([, caption]) => caption)).toEqual([
    "个人信息清单",
    "系统权限清单",
    "来源、受托处理者、接收方与公开对象",
  ]);
  expect(html).toMatch(/<strong>精确位置<\/strong><span[^>]*>敏感/);
  expect(html.match(/>敏感</g)).toHaveLength(1);
  expect(html).toMatch(/data-label="关闭之后"[^>]*><div[^>]*>不能发送位置/);
  expect(html).toMatch(/data-label="角色"[^>]*><div[^>]*>受托方/);
  expect(html).toContain('href="/x/permissions.csv"');
  // A column of which no row says anything is not there.
  expect(html).not.toContain("服务方案");
});

test("P08, P51: each change of the lists is one sentence", () => {
  const html = read(
    <ListChanges
      changes={[
        ...[
          {
            part: "information",
            kind: "added",
            name: "位置",
            role: "",
            fields: [],
            sensitive: true,
          },
          {
            part: "information",
            kind: "removed",
            name: "日志",
            role: "",
            fields: [],
            sensitive: false,
          },
        ].map((change) => change as Parameters<typeof ListChanges>[0]["changes"][number]),
        {
          ...{
            part: "register",
            kind: "changed",
            name: "磐石",
            role: "processor",
            sensitive: false,
          },
          fields: [
            { field: "place", before: "上海", after: "新加坡" },
            { field: "contact", before: "", after: "a@b.example" },
          ],
        },
      ]}
    />,
  );
  expect(
    [...html.matchAll(/<li[^>]*>(.*?)<\/li>/g)].map(([, line]) => line?.replaceAll(/<[^>]+>/g, "")),
  ).toEqual([
    "新收集：位置（敏感）",
    "不再收集：日志",
    "受托方“磐石”：存储地点由“上海”改为“新加坡”；写明了联系方式“a@b.example”",
  ]);
});
