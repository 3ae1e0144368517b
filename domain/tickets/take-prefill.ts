import { z } from "zod";

import type { Tx } from "@/db/client";

import type { Actor } from "../context";
import { Conflict } from "../errors";
import { type RecordedStep, verb } from "../verb";
import type { Prefill } from "./input";
import { openContent } from "./link-content";
import { findUsable, signedLink } from "./read-link";
import { useLink } from "./use-link";

/** What a link brings along to the wizard. */
type Brought = Prefill & { ticketNumber: string };
/** Begins a draft with it, in the step's own transaction. */
type Begin = (step: RecordedStep, brought: Brought) => Promise<unknown>;

/**
 * What the wizard starts with: the ticket's number and the answers that came along. Taken by somebody
 * who has proved an address, and no sooner. Of a limited link it is none of its uses: the draft is.
 * @throws Conflict where the link is unknown, over, somebody else's, or for another purpose
 */
export const takePrefill = verb({
  may: "request.file",
  input: signedLink,

  async run(step, { link }) {
    const { found, brought } = await findPrefill(step, link);
    const isLimited = found.mostUses !== null;
    if (isLimited) return step.unchanged({ isLimited, brought });
    await useLink(step, found);
    return { isLimited, brought };
  },
});

/**
 * Begins a draft by a limited link: the use and the draft, or neither.
 * @returns what began it returned
 * @throws Conflict as above, and where somebody was faster; whatever keeps the draft from beginning
 */
export const beginByLink = verb({
  may: "request.file",
  input: signedLink.extend({ begin: z.custom<Begin>((given) => typeof given === "function") }),

  async run(step, { link, begin }) {
    const { found, brought } = await findPrefill(step, link);
    const begun = await begin(step, brought);
    await useLink(step, found);
    return begun;
  },
});

type Using = { tx: Tx; actor: Actor; now: Date };

async function findPrefill({ tx, actor, now }: Using, link: string) {
  const found = await findUsable(tx, { actor, now, link });
  const content = openContent(found.prefill);
  if (!("prefill" in content)) throw new Conflict("tickets.errors.linkEnded");
  const brought: Brought = { ticketNumber: found.ticketNumber, ...content.prefill };
  return { found, brought };
}
