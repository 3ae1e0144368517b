import fs from "node:fs";
import { diffWordsWithSpace } from "diff";

import { inRoot } from "@/lib/paths";
import { comparePolicies } from "@/text/diff";
import { parsePolicyText } from "@/text/parse-text";

import { type Figure, quantile, times, type Workload } from "./measure";

const guide = (label: string) =>
  fs.readFileSync(inRoot("scripts", "demo-texts", `im-privacy-guide-${label}.zh-CN.md`), "utf8");

/** A text of about so many characters, made of the guide again and again under other numbers. */
function long(text: string, characters: number): string {
  const parts = Math.ceil(characters / text.length);
  return Array.from({ length: parts }, (_, part) => text.replaceAll(/^# .*$/gm, `$& ${part}`)).join(
    "\n\n",
  );
}

/** A word changed in every so many characters. */
const edited = (text: string, every: number): string =>
  text.replaceAll(/信息/g, (word, at: number) => (at % every < 120 ? "资料" : word));

export const comparison: Workload = {
  id: "B3",
  name: "Comparison of two versions",
  about:
    "Reading and comparing two texts of 25,000 characters, cold, beside jsdiff's words on the raw texts; the demo's own two versions as well. No text is kept from one run to the next; median of 31.",
  async run() {
    const before = long(guide("3.1"), 25_000);
    const pairs = {
      "demo's two versions": [guide("3.1"), guide("3.2")],
      "25,000 characters, few edits": [before, edited(before, 4_000)],
      "25,000 characters, many edits": [before, edited(before, 400)],
    } as const;
    const figures: Figure[] = [];
    const ratios = [];
    for (const [what, [old, next]] of Object.entries(pairs)) {
      const ours = await middle(() => comparePolicies(parsePolicyText(old), parsePolicyText(next)));
      const [one, other] = [parsePolicyText(old), parsePolicyText(next)];
      const comparing = await middle(() => comparePolicies(one, other));
      const jsdiff = await middle(() => diffWordsWithSpace(old, next));
      figures.push(
        { what: `${what}: read and compared`, value: ours, unit: "ms" },
        { what: `${what}: compared`, value: comparing, unit: "ms" },
        { what: `${what}: jsdiff`, value: jsdiff, unit: "ms" },
      );
      ratios.push(
        { what: `${what}: read and compared ÷ jsdiff`, value: ours / jsdiff, most: 1.5, why: READ },
        { what: `${what}: compared ÷ jsdiff`, value: comparing / jsdiff, most: 1.5, why: COMPARED },
      );
    }
    return { figures, ratios };
  },
};

const READ =
  "jsdiff reads nothing: two thirds of ours are reading both texts, most of that their numbers, anchors and tables";
const COMPARED =
  "with few edits jsdiff is done after one walk; a third of ours is laying clauses beside each other, wherever they moved";

const middle = async (step: () => unknown): Promise<number> =>
  quantile(await times(31, () => Promise.resolve(step())), 0.5);
