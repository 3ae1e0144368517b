import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";

import { db } from "@/db/client";
import {
  contacts,
  oidcIdentities,
  sessions,
  signInRequests,
  suppressions,
  users,
} from "@/db/schema";
import { claimBatches } from "@/domain/broadcasts/claim-batch";
import { freezeNextBatches } from "@/domain/broadcasts/freeze-batch";
import { keepRenderedMail, listMailsToRender } from "@/domain/broadcasts/render-mail";
import { settleBatches } from "@/domain/broadcasts/settle-batch";
import { asJob, type Person } from "@/domain/context";

import { giveAnswer } from "./answers";
import { beijing } from "./context";
import { ASKED_AT, DUE_AT } from "./deregistration";
import { givenCompleteDraft, givenFiled } from "./filing";
import { givenAccount, givenMember, givenStaff } from "./people";
import { givenApproved, givenInForce } from "./policies";

export const DELIVERING = asJob("deliver-mails", beijing(DUE_AT));

/** Sends what waits, as the worker does; the provider takes or refuses all of it. */
export async function deliverAll(kind: "accepted" | "refused" = "accepted") {
  for (const { broadcastId, locale } of await listMailsToRender(DELIVERING, {}))
    await keepRenderedMail(DELIVERING, {
      ...{ broadcastId, locale, subject: "…" },
      ...{ html: "%%NAME%%", text: "%%NAME%% %%ACCOUNTS%%" },
    });
  while ((await freezeNextBatches(DELIVERING, { from: "n@yunqiao.example" })) > 0);
  for (;;) {
    const [batch] = await claimBatches(DELIVERING, {});
    if (!batch) return;
    const ids = Array.from({ length: batch.size }, () => randomUUID());
    const outcome = kind === "accepted" ? { kind, ids, errors: [] } : { kind, reason: "refused" };
    await settleBatches(DELIVERING, {
      settlings: [{ batchId: batch.id, attempt: batch.attempts, outcome }],
    });
  }
}

async function renamed(person: Person): Promise<Person> {
  const name = `金丝雀 ${randomUUID()}`;
  await db.update(users).set({ name }).where(eq(users.id, person.id));
  return { ...person, name };
}

/** An account that has done everything here: answered, filed, drafted, been mailed, signed in. */
export async function givenBusyAccount() {
  const desk = await givenInForce();
  const account = await givenAccount({ productId: desk.productId });
  const elsewhere = await givenAccount();
  const owner = await renamed(await givenMember(account.id, "owner"));
  const second = await renamed(await givenMember(account.id, "owner"));
  const contact = await renamed(await givenMember((await givenAccount()).id, "viewer"));
  await db.execute(sql`update members set left_at = now() where user_id = ${contact.id}`);
  const former = await renamed(await givenMember(account.id, "member"));
  await db.execute(sql`update members set left_at = now() where user_id = ${former.id}`);
  const both = await givenMember(elsewhere.id, "owner", {
    also: await renamed(await givenMember(account.id, "member")),
  });
  const staff = await givenMember(account.id, "viewer", {
    also: await renamed(await givenStaff("support")),
  });
  await db.insert(contacts).values({
    ...{ accountId: account.id, kind: "security", userId: contact.id, addedBy: owner.id },
    name: contact.name,
    ...{ addedAt: beijing(ASKED_AT), verifiedAt: beijing(ASKED_AT) },
  });

  const version = await givenApproved(desk, {
    ...{ label: "2.0", major: ["rights"], effectiveDate: "2026-03-20", at: "2026-03-02 10:00" },
  });
  await giveAnswer(owner, version, { accountId: account.id });
  const number = await givenFiled(owner, { capacity: "on_behalf", accountId: account.id });
  await db.execute(sql`update requests set status = 'withdrawn' where number = ${number}`);
  await givenCompleteDraft(second, { capacity: "on_behalf", accountId: account.id });
  await givenCompleteDraft(both, { capacity: "on_behalf", accountId: account.id });
  await givenCompleteDraft(both, { capacity: "on_behalf", accountId: elsewhere.id });
  await deliverAll();

  for (const { id } of [owner, second, both])
    await db.insert(sessions).values({
      ...{ tokenHash: randomUUID(), userId: id, createdAt: beijing(ASKED_AT) },
      expiresAt: beijing("2027-01-01"),
    });
  await db
    .insert(oidcIdentities)
    .values({ userId: owner.id, provider: "https://id.example", subject: owner.name });
  await db.insert(signInRequests).values({
    ...{ email: second.email, locale: "zh-CN", returnPath: "", requestedAt: beijing(ASKED_AT) },
    ...{ expiresAt: beijing(ASKED_AT), inboxKey: "inbox", network: "network", browser: "" },
  });
  await db
    .insert(suppressions)
    .values({ address: former.email, reason: "bounced", since: beijing(ASKED_AT) });
  return { account, elsewhere, owner, second, contact, former, both, staff, number };
}
