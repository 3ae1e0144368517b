import { onlyMethods } from "@/server/only-methods";
import { postTicketLink } from "@/server/ticket-link-api";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = onlyMethods({ POST: postTicketLink });
