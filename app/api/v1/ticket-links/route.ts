export { postTicketLink as POST } from "@/server/ticket-link-api";
