import { type Locator, type Page } from "@playwright/test";

/** Waits until React has taken an element over: a filling before that may meet it half way. */
export async function untilReady(element: Locator): Promise<void> {
  await element.evaluate(
    (node) =>
      new Promise<void>((done) => {
        const look = () =>
          Object.keys(node).some((key) => key.startsWith("__reactProps"))
            ? done()
            : setTimeout(look, 20);
        look();
      }),
  );
}

/** Waits until React has taken over every form of a page that it runs on; scripts of ours alone do not count. */
export async function untilTakenOver(page: Page): Promise<void> {
  const isTaken = () => {
    const isReacts = "__next_f" in window && document.scripts.length > 0;
    const isOwned = (node: Element) =>
      Object.keys(node).some((key) => key.startsWith("__reactProps"));
    return !isReacts || [...document.forms].every(isOwned);
  };
  // Who is led on at once is waited for there.
  await page.waitForFunction(isTaken, undefined, { timeout: 5_000 }).catch(() => undefined);
}

/** Changes the text of a field that has one already. */
export async function refill(field: Locator, text: string): Promise<void> {
  await untilReady(field);
  await field.fill(text);
}

/** Opens a page whose scripts are late. @returns lets them come, and waits until they have taken the field over */
export async function openWithLateScripts(page: Page, address: string) {
  const scripts = "**/_next/static/**/*.js";
  let release = () => {};
  const come = new Promise<void>((done) => (release = done));
  await page.route(scripts, async (route) => {
    await come;
    await route.continue();
  });
  await page.goto(address, { waitUntil: "commit" });
  return async (field: Locator) => {
    release();
    await untilReady(field);
    await page.unroute(scripts);
  };
}
