import { type InboxFilter, inboxFilter } from "@/domain/inbox/list";
import { type Address, at, type Query } from "@/lib/addresses";
import { readText } from "@/server/read-form";

/** Whose shell the inbox stands in: the console's, or that of operations. */
export type Room = "" | "/ops";

/** Which of the reader's messages a page shows. */
export type InboxPlace = { room: Room; filter: Partial<InboxFilter>; page?: string | undefined };

/** What the address of an inbox shows, and an act on messages that can be taken back there: "read.1767225600000". */
export type InboxSearch = Partial<Record<"show" | "category" | "q" | "page" | "undo", string>>;

export const inboxAddress = ({ room, filter, page }: InboxPlace, more: Query = {}): Address =>
  at(`${room}/inbox`, {
    ...{ show: filter.show !== "all" && filter.show, category: filter.category, q: filter.q },
    ...{ page, ...more },
  });

/** The place a form was sent from, as its hidden fields have it. */
export function readPlace(form: FormData): InboxPlace {
  const query = Object.fromEntries(new URLSearchParams(readText(form, "search")));
  const room = readText(form, "room") === "/ops" ? "/ops" : "";
  return { room, filter: inboxFilter.parse(query), page: query["page"] };
}

/** The same as a field of a form. */
export const searchOf = (place: InboxPlace): string =>
  new URLSearchParams(inboxAddress(place).split("?")[1]).toString();
