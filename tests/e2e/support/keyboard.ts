import { expect, type Locator, type Page } from "@playwright/test";

/** More stops than any page has on the way to anything. */
const MOST = 150;

/**
 * Goes on by the Tab key alone until the focus stands on something; on the way nothing may take the
 * focus out of sight below the bars that stick (WCAG 2.4.11).
 */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.first().waitFor();
  for (let step = 0; step < MOST; step += 1) {
    if (await wanted.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    expect(await hiddenFocus(page), "has the focus below a bar").toBeNull();
  }
  throw new Error(`the Tab key does not lead to ${String(wanted)}`);
}

/** Goes to a field and types. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.insertText(text);
}

/** Goes to a button or a link and presses it. */
export async function pressKey(page: Page, button: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, button);
  await page.keyboard.press(key);
}

/** Goes to a group of radio buttons and chooses one by the arrows. */
export async function choose(page: Page, name: string, value: string): Promise<void> {
  const all = page.locator(`input[type="radio"][name="${name}"]`);
  const wanted = page.locator(`input[name="${name}"][value="${value}"]`);
  const checked = page.locator(`input[name="${name}"]:checked`);
  await tabTo(page, (await checked.count()) > 0 ? checked : all);
  if (await all.first().evaluate((element) => element === document.activeElement))
    await page.keyboard.press("Space");
  for (let step = await all.count(); step > 0 && !(await wanted.isChecked()); step -= 1)
    await page.keyboard.press("ArrowDown");
  await expect(wanted).toBeChecked();
}

/** What has the focus and is wholly covered by something that sticks; null where all is well. */
const hiddenFocus = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body || focused.closest(":popover-open")) return null;
    const { top, bottom, left, width } = focused.getBoundingClientRect();
    if (width === 0) return null;
    const isCovered = [top + 1, (top + bottom) / 2, bottom - 1].every((y) => {
      const over = document.elementFromPoint(left + Math.min(width / 2, 40), y);
      const bar = over?.closest("header, [data-submit-bar]");
      return bar && getComputedStyle(bar).position === "sticky" && !bar.contains(focused);
    });
    return isCovered ? focused.outerHTML.slice(0, 200) : null;
  });
