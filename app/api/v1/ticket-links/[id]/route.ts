import { onlyMethods } from "@/server/only-methods";
import { deleteTicketLink } from "@/server/ticket-link-api";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = onlyMethods({ DELETE: deleteTicketLink });
