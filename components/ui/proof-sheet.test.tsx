import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { MESSAGES } from "@/messages";
import { beijing } from "@/tests/support/context";

import { KeepActions } from "./keep-actions";
import { ProofSheet, type ProofStamp } from "./proof-sheet";

const ADDRESS = "https://gaozhi.example/zh-CN/receipts/A-2026-000001";

const CHECK = "https://gaozhi.example/zh-CN/verify";

function sheet(look: ProofStamp["look"], address?: string, check?: string) {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="zh-CN" messages={MESSAGES["zh-CN"]} timeZone="Asia/Shanghai">
      <ProofSheet
        head="北风潮汐"
        kind="变更答复的回执"
        number="A-2026-000001"
        stamp={{ look, word: "已确认", at: beijing("2026-11-28 23:30") }}
        keep={<KeepActions {...(address && { address })} {...(check && { check })} />}
      >
        <p>青禾网络</p>
      </ProofSheet>
    </NextIntlClientProvider>,
  );
}

test("a proof says in its one heading what it is and its number, and is stamped with word and day", () => {
  const proof = sheet("seal").replace(/<[^>]+>/g, "");
  expect(sheet("seal").match(/<h1/g)).toHaveLength(1);
  expect(proof).toContain("变更答复的回执 A-2026-000001");
  expect(proof).toContain("已确认 2026-11-28");
});

test("the seal's red is on the seal alone", () => {
  expect(sheet("seal")).toContain("border-seal text-seal");
  expect(sheet("plain")).not.toContain("seal");
});

test("on paper a code leads to its address, or where that is a key to where its proof is checked", () => {
  expect(sheet("seal", ADDRESS, CHECK)).toContain(`aria-label="二维码：${ADDRESS}"`);
  expect(sheet("plain", undefined, CHECK)).toContain(`aria-label="二维码：${CHECK}"`);
  expect(sheet("plain", undefined, CHECK)).toContain(CHECK);
  expect(sheet("plain")).not.toContain("<svg viewBox");
});

test("its address stands on paper and can be copied, unless the address is itself a key", () => {
  expect(sheet("seal", ADDRESS)).toContain(ADDRESS);
  expect(sheet("seal", ADDRESS)).toContain("复制链接");
  const keyed = sheet("plain");
  expect(keyed).not.toContain("复制链接");
  expect(keyed).not.toContain("登录后在这里查看");
  expect(keyed).toContain("打印或存为 PDF");
});
