import type { Tx } from "@/db/client";
import type { TicketLink } from "@/db/schema";
import type { TicketPurpose } from "@/db/vocabulary/tickets";
import { type Address, at } from "@/lib/addresses";

import { Conflict } from "../errors";
import { verb } from "../verb";
import { findNotice } from "./find-notice";
import { openContent } from "./link-content";
import { findUsable, signedLink } from "./read-link";
import { useLink } from "./use-link";

export type Opened = {
  purpose: TicketPurpose;
  address: Address;
  /** Whether the reader has to prove who they are before they go there. */
  asksWho: boolean;
};

/**
 * Somebody pressed the button behind a link: it says where to go on. The first time goes on the record,
 * of a limited link each time. What is one person's, or of one account, asks first who comes, and leads
 * back here. The wizard counts its own use, when it takes what a link brings along.
 * @throws Conflict where it is unknown or over, somebody else's, or what it names is gone
 */
export const openTicketLink = verb({
  may: "ticket.openLink",
  input: signedLink,

  async run(step, { link }): Promise<Opened> {
    const { tx, actor, now, unchanged } = step;
    const found = await findUsable(tx, { actor, now, link });
    const { purpose, mostUses } = found;
    const address = await addressOf(tx, found, link);
    const asksWho = actor.kind !== "person";
    if (asksWho && isPersonal(found))
      return unchanged({ purpose, address: at("/t/*", link), asksWho });
    if (purpose === "file_request" && mostUses !== null)
      return unchanged({ purpose, address, asksWho });
    await useLink(step, found);
    return { purpose, address, asksWho: asksWho && purpose !== "read_notice" };
  },
});

/** Nobody goes on who has not said who they are. */
const isPersonal = ({ purpose, boundTo }: TicketLink): boolean =>
  boundTo !== null || purpose === "read_request" || purpose === "deregister_account";

async function addressOf(tx: Tx, { prefill }: TicketLink, link: string): Promise<Address> {
  const content = openContent(prefill);
  if ("request" in content) return at("/requests/*", content.request);
  if ("uin" in content) return at("/account/deregistration", { account: content.uin });
  if ("prefill" in content) return at("/requests/new", { link });
  const notice = await findNotice(tx, content.notice);
  if (!notice) throw new Conflict("tickets.errors.noticeGone");
  return notice.address;
}
