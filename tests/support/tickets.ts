import type { Context, Person } from "@/domain/context";
import { createToken } from "@/domain/tickets/create-token";
import type { TicketLinkWish } from "@/domain/tickets/input";
import { issueTicketLink } from "@/domain/tickets/issue-link";

import { acting, beijing } from "./context";
import { givenStaff } from "./people";

let made = 0;

/** An API token with every scope, as its administrator has just seen it. */
export async function givenToken(expiresOn = "") {
  made += 1;
  const admin = await givenStaff("admin");
  return createToken(acting(admin, "2026-11-20 09:00"), {
    name: `工单系统 ${made}`,
    scopes: ["ticket_links"],
    expiresOn,
  });
}

/** A machine acting by its token. */
export const asToken = (id: string, moment: string): Context => ({
  actor: { kind: "token", id, scopes: ["ticket_links"] },
  now: beijing(moment),
});

/** A link that support has just made. @returns with the signed part of its address */
export async function givenLink(support: Person, wish: TicketLinkWish, at = "2026-11-23 09:00") {
  const issued = await issueTicketLink(acting(support, at), { wish, idempotencyKey: null });
  return { ...issued, link: issued.url.split("/").at(-1) ?? "" };
}
