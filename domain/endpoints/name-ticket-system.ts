import { eq, sql } from "drizzle-orm";
import { z } from "zod";

import { endpoints } from "@/db/schema";
import { env } from "@/lib/env";
import { sha256Hex } from "@/lib/hash";
import { seal } from "@/lib/seal";

import { person } from "../access/permissions";
import { ADDRESS, SECRET } from "../broadcasts/claim-dispatches";
import { Invalid } from "../errors";
import { line } from "../input";
import { type RecordedStep, verb } from "../verb";
import { postableAddress } from "./add";
import { lockTicketSystem } from "./lock-own";
import { newWebhookSecret } from "./secret";

/**
 * Names where the ticket system is called back. Another address takes the place of the one before: the
 * secret stays, and what waits goes there.
 * @returns the secret made for the first address, to be shown this once; null afterwards
 * @throws Invalid (an address that may not be posted to)
 */
export const nameTicketSystem = verb({
  may: "ticket.manageCallback",
  fresh: true,
  input: z.object({ address: line(500) }),

  async run(step, { address }): Promise<{ secret: string | null }> {
    const url = postableAddress({ channel: "webhook", address }, env().TICKET_HOSTS);
    if (url.protocol !== "https:" && env().GAOZHI_MODE === "production")
      throw new Invalid("errors.form", { address: ["endpoints.errors.address.not_https"] });
    const written = {
      ...{ name: url.hostname, host: url.hostname },
      ...{ address: seal(url.href, ADDRESS), addressHash: sha256Hex(url.href) },
    };
    // Two who name the first at once: the second waits, and finds it.
    await step.tx.execute(sql`select pg_advisory_xact_lock(hashtext('endpoints.ticket_system'))`);
    const standing = await lockTicketSystem(step.tx);
    if (!standing) return { secret: await add(step, written) };
    if (standing.addressHash === written.addressHash) return step.unchanged({ secret: null });
    await step.tx.update(endpoints).set(written).where(eq(endpoints.id, standing.id));
    await step.record("endpoint.address_changed", {
      id: standing.id,
      before: { accountId: null, host: standing.host },
      after: { accountId: null, host: written.host },
    });
    return { secret: null };
  },
});

type Written = Pick<typeof endpoints.$inferInsert, "name" | "host" | "address" | "addressHash"> & {
  name: string;
};

async function add({ tx, actor, now, record }: RecordedStep, written: Written): Promise<string> {
  const secret = newWebhookSecret();
  const [added] = await tx
    .insert(endpoints)
    .values({
      ...written,
      ...{ channel: "webhook", topics: ["requests"], locale: "zh-CN" },
      ...{ secret: seal(secret, SECRET), addedBy: person(actor).id, addedAt: now },
    })
    .returning({ id: endpoints.id });
  if (!added) throw new Error("the ticket system was not written");
  await record("endpoint.added", {
    id: added.id,
    after: { accountId: null, channel: "webhook", topics: ["requests"] },
  });
  return secret;
}
