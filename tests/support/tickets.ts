import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { apiTokens } from "@/db/schema";
import type { TokenScope } from "@/db/vocabulary/tickets";
import type { Context, Person } from "@/domain/context";
import { createToken } from "@/domain/tickets/create-token";
import type { TicketLinkWish } from "@/domain/tickets/input";
import { issueTicketLink } from "@/domain/tickets/issue-link";

import { acting, beijing } from "./context";
import { givenStaff } from "./people";

type TokenTraits = { expiresOn?: string; scopes?: TokenScope[] };

/** An API token as its administrator has just seen it; without a last day it is an old one that has none. */
export async function givenToken({ expiresOn, scopes = ["ticket_links"] }: TokenTraits = {}) {
  const admin = await givenStaff("admin");
  const token = await createToken(acting(admin, "2026-11-20 09:00"), {
    ...{ name: `工单系统 ${randomUUID()}`, scopes, expiresOn: expiresOn ?? "2026-12-31" },
  });
  if (!expiresOn)
    await db.update(apiTokens).set({ expiresAt: null }).where(eq(apiTokens.id, token.id));
  return token;
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
