import "server-only";

import { readLocale, readText } from "./read-form";

/** The inbox a form was sent from, of the console or of operations, in its language and its view. */
export function inboxAddress(form: FormData, said: Record<string, string> = {}): string {
  const room = readText(form, "room") === "/ops" ? "/ops" : "";
  const view = readText(form, "show");
  const query = new URLSearchParams({ ...(/^\w+$/.test(view) && { show: view }), ...said });
  return `/${readLocale(form)}${room}/inbox${query.size > 0 ? `?${query}` : ""}`;
}
