import fs from "node:fs";
import path from "node:path";
import type { Page, TestInfo } from "@playwright/test";
import { z } from "zod";

import { inRoot } from "@/lib/paths";

import { BLOCKS } from "./block-font";
import { type Box, BOXES, differences, read, written } from "./boxes";

const reference = z.record(z.string(), z.array(z.string()));

/**
 * Pictures that belong together, compared one after another with the references of their set. With
 * --update-snapshots the references are written anew, all of the set.
 */
export class Gallery {
  readonly #file: string;
  readonly #isUpdate: boolean;
  readonly #known: z.infer<typeof reference>;
  readonly #seen: Record<string, string[]> = {};
  readonly #faults: string[] = [];

  constructor(
    readonly test: TestInfo,
    readonly set: string,
  ) {
    this.#file = inRoot("tests", "pictures", "references", `${set}.json`);
    this.#isUpdate = ["all", "changed"].includes(test.config.updateSnapshots);
    this.#known = this.#isUpdate || !fs.existsSync(this.#file) ? {} : parse(this.#file);
  }

  /** Compares what the page shows now; where it differs, it is photographed. */
  async add(page: Page, name: string): Promise<void> {
    await page.addStyleTag({ content: BLOCKS });
    await page.evaluate("document.fonts.ready.then(() => null)");
    const boxes = await page.evaluate<Box[]>(BOXES);
    this.#seen[name] = written(boxes);
    if (this.#isUpdate) return;
    const expected = this.#known[name];
    const found = expected ? differences(read(expected), boxes) : ["has no reference yet"];
    this.#faults.push(...found.map((fault) => `${this.set}, ${name}: ${fault}`));
    const file = `${this.set}-${name}.png`.replace(/[^\w.-]+/g, "_");
    if (found.length > 0)
      await page.screenshot({ path: this.test.outputPath(file), fullPage: true });
  }

  /** How each picture differs from its reference: a line for each block, or nothing. */
  close(): string[] {
    if (this.#isUpdate) {
      fs.mkdirSync(path.dirname(this.#file), { recursive: true });
      fs.writeFileSync(this.#file, `${JSON.stringify(this.#seen, null, 1)}\n`);
      return [];
    }
    const gone = Object.keys(this.#known).filter((name) => !(name in this.#seen));
    return [...this.#faults, ...gone.map((name) => `${this.set}, ${name}: is shown no more`)];
  }
}

const parse = (file: string) => reference.parse(JSON.parse(fs.readFileSync(file, "utf8")));
