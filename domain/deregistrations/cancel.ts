import { eq } from "drizzle-orm";

import { deregistrations } from "@/db/schema";

import { membershipIn, person } from "../access/permissions";
import { endOfDeregistration } from "../disposals/open-end";
import { Conflict } from "../errors";
import { verb } from "../verb";
import { deregistrationInput } from "./input";
import { findById, lockAccount, ownersOf } from "./lock";
import { tellOwners } from "./tell";

/**
 * Any owner calls it off, without a fresh sign-in, until the data of its service begins to be
 * disposed of, or, without any, until it is carried out. Cancelling twice is harmless. @throws NotFound for somebody else's; NotAllowed for who does not own the
 * account; Conflict when that has begun or it has been carried out
 */
export const cancelDeregistration = verb({
  may: "deregistration.request",
  input: deregistrationInput,

  async run(step, { id }) {
    const { tx, actor, now, record, unchanged } = step;
    const { accountId } = await findById(tx, id);
    membershipIn(actor, accountId, ["owner"]);
    const account = await lockAccount(tx, accountId);
    const standing = await findById(tx, id);
    if (standing.status === "cancelled") return unchanged();
    if (await endOfDeregistration(tx, id)) throw new Conflict("deregistrations.errors.disposing");
    await tx
      .update(deregistrations)
      .set({
        ...{ status: "cancelled", cancelledBy: person(actor).id, cancelledAt: now },
        ...{ pausedAt: null, pausedBy: null, pauseReason: null },
      })
      .where(eq(deregistrations.id, id));
    await record("deregistration.cancelled", {
      id,
      before: { status: standing.status },
      after: { number: standing.number, accountId, status: "cancelled" },
    });
    await tellOwners(step, {
      deregistration: standing,
      ...{ account, event: "cancelled", owners: await ownersOf(tx, accountId) },
    });
  },
});
