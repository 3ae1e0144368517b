import { verb } from "../verb";
import { Conflict } from "../errors";
import { openContent } from "./link-content";
import { findUsable, signedLink } from "./read-link";
import { useLink } from "./use-link";

/**
 * What the wizard starts with: the ticket's number and the answers that came along. Taken by somebody
 * who has proved an address, and no sooner; of a limited link it is a use.
 * @throws Conflict where the link is unknown, over, somebody else's, or for another purpose
 */
export const takePrefill = verb({
  may: "request.file",
  input: signedLink,

  async run(step, { link }) {
    const found = await findUsable(step.tx, { ...step, link });
    const content = openContent(found.prefill);
    if (!("prefill" in content)) throw new Conflict("tickets.errors.linkEnded");
    await useLink(step, found);
    return { ticketNumber: found.ticketNumber, ...content.prefill };
  },
});
