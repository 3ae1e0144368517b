import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { accounts, type Deregistration, deregistrations } from "@/db/schema";
import { asJob, type Context, type Person } from "@/domain/context";
import { confirmDeregistration } from "@/domain/deregistrations/confirm";
import { executeDeregistration } from "@/domain/deregistrations/execute";
import { requestDeregistration } from "@/domain/deregistrations/request";

import { acting, beijing } from "./context";
import { givenAccount, givenMember, givenProduct } from "./people";

export const ASKED_AT = "2026-11-02 10:00";
/** Exactly seven days later. */
export const DUE_AT = "2026-11-09 10:00";

/** A person at a moment of Beijing's clock, signed in `minutesAgo`. */
export function freshly(person: Person, moment: string, minutesAgo = 1): Context {
  const ctx = acting(person, moment);
  const signedInAt = new Date(ctx.now.getTime() - minutesAgo * 60_000);
  return { ...ctx, actor: { ...person, signedInAt } };
}

/** What the form sends when it is filled in rightly. */
export const askedFor = (account: { id: string; name: string }) => ({
  accountId: account.id,
  typedName: account.name,
  isSettled: true,
  elsewhere: { unansweredVersions: 0, openAdvice: 0 },
});

/** An account with one app, one owner and one member. */
export async function givenSmallAccount() {
  const product = await givenProduct();
  const account = await givenAccount({ productId: product.id });
  return {
    product,
    account,
    owner: await givenMember(account.id, "owner"),
    member: await givenMember(account.id, "member"),
  };
}

/** A deregistration as it stands now. */
export async function deregistrationOf(accountId: string): Promise<Deregistration> {
  const [found] = await db
    .select()
    .from(deregistrations)
    .where(eq(deregistrations.accountId, accountId))
    .orderBy(deregistrations.requestedAt);
  if (!found) throw new Error("nobody asked");
  return found;
}

/** The account's deregistration, asked for by its owner, confirmed where there is a second one. */
export async function givenCoolingOff(
  account: { id: string; name: string },
  owner: Person,
  second?: Person,
): Promise<Deregistration> {
  await requestDeregistration(freshly(owner, ASKED_AT), askedFor(account));
  const { id } = await deregistrationOf(account.id);
  if (second) await confirmDeregistration(freshly(second, ASKED_AT), { id });
  return deregistrationOf(account.id);
}

/** The worker's step at a moment of Beijing's clock. */
export const carryOut = (id: string, moment = DUE_AT) =>
  executeDeregistration(asJob("execute-deregistrations", beijing(moment)), { id });

/** Whether the account is closed. */
export async function isClosed(accountId: string): Promise<boolean> {
  const [account] = await db.select().from(accounts).where(eq(accounts.id, accountId));
  return account?.closedAt !== null;
}
