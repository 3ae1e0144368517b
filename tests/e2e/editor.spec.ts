import { enterAs } from "./support/loop";
import { expect, type Page, test } from "./support/test";
import { wordsOf } from "./support/words";

const LOCALE = "zh-CN";
const t = wordsOf(LOCALE);

/** As a web page or Word hands it to the clipboard. */
const COPIED =
  "<p>收集<b>精确位置</b></p><table><tr><th>类型</th><th>目的</th></tr><tr><td>位置</td><td>附近</td></tr></table>";
const PASTED = "收集**精确位置**\n\n| 类型 | 目的 |\n| - | - |\n| 位置 | 附近 |\n";

async function paste(page: Page, html: string): Promise<void> {
  await page.evaluate((copied) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", copied);
    clipboardData.setData("text/plain", "without form");
    const event = { clipboardData, bubbles: true, cancelable: true };
    document.activeElement?.dispatchEvent(new ClipboardEvent("paste", event));
  }, html);
}

test("P05: a text is written as it will be read, and what is pasted keeps its bold and tables", async ({
  browser,
}) => {
  const page = await enterAs(browser, { name: "许明衡", locale: LOCALE });
  await page.goto(`/${LOCALE}/ops/policies/new`);
  await page.locator('[name="titleZh"]').fill("编辑器测试指引");
  await page.locator('[name="titleEn"]').fill("Editor test guide");
  await page.locator('[name="slug"]').fill("editor-guide");
  await page.getByRole("button", { name: t.policies("ops.create.submit"), exact: true }).click();
  await page.locator('[name="label"]').fill("1.0");
  await page.getByRole("button", { name: t.policies("ops.document.draft") }).click();
  await page.waitForURL(/\/ops\/policies\/[0-9a-f-]+\/[0-9a-f-]+$/);

  const field = page.locator(`[name="texts.${LOCALE}"]`);
  const editor = page.getByRole("textbox", { name: /中文正本/ }).last();
  const bar = page.getByRole("toolbar").first();
  const button = (name: string) => bar.getByRole("button", { name, exact: true });
  await expect(bar).toBeVisible();
  await editor.click();
  await paste(page, COPIED);
  await expect(field).toHaveValue(PASTED);

  // The table is one: its cells are written where they stand, a bar in a cell is a letter.
  const cell = (column: string, row: number) =>
    page.getByRole("textbox", { name: t.ui("editor.cell", { column, row }) });
  await cell("目的", 1).click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("附近|的人");
  await page.getByRole("button", { name: t.ui("editor.addRow") }).click();
  await expect(cell("目的", 2)).toBeFocused();
  await page.keyboard.type("搜索");
  const table = "| 类型 | 目的 |\n| - | - |\n| 位置 | 附近\\|的人 |\n|  | 搜索 |\n";
  await expect(field).toHaveValue(`收集**精确位置**\n\n${table}`);

  // What is marked as sensitive is bold and says so; undone, it is as it was.
  await editor.press("Control+Home");
  await page.keyboard.type("人脸");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await button(t.ui("editor.act.sensitive")).click();
  await expect(field).toHaveValue(/^\*\*人脸（敏感）\*\*收集/);
  await button(t.ui("editor.act.undo")).click();
  await expect(field).toHaveValue(/^人脸收集/);

  // It is the form's own field that is saved; opened again, nothing of it has changed.
  const save = page.getByRole("button", { name: t.reviews("composer.save"), exact: true });
  const answered = page.waitForResponse((answer) => "next-action" in answer.request().headers());
  await save.click();
  await answered;
  await expect(page.locator('form[aria-busy="true"]')).toHaveCount(0);
  const saved = await field.inputValue();
  await page.reload();
  await expect(field).toHaveValue(saved);
  await expect(cell("目的", 1)).toHaveText("附近|的人");
});
