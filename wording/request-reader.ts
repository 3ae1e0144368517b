import type { RequestUpdateFacts } from "@/domain/broadcasts/facts";

/**
 * Whom an update concerns: who asked, the developer it was sent on to, or who handles it. Apart from the
 * words, because the browser tests cannot import JSON.
 */
export function requestReader({
  event,
}: RequestUpdateFacts): "requester" | "developer" | "handler" {
  if (event.startsWith("handler_")) return "handler";
  return event.startsWith("developer_") ? "developer" : "requester";
}
