import { deregistrations } from "@/db/schema";

import { assertFreshSignIn } from "../access/fresh-sign-in";
import { membershipIn, person } from "../access/permissions";
import { Conflict, Invalid, NotAllowed } from "../errors";
import { nextNumber } from "../next-number";
import { verb } from "../verb";
import { readChecks } from "./checks";
import { requestInput } from "./input";
import { findOpen, lockAccount, ownersOf } from "./lock";
import { endOfCoolingOff, isBlocked, isSameName, onRecord } from "./rules";
import { tellOwners } from "./tell";

/**
 * Asks that an account be deregistered (P33): an owner, freshly signed in, who types its name. With
 * a second owner it waits for their confirmation; else the cooling-off begins. Asking twice is
 * asking once.
 * @throws NotFound for somebody else's account; NotAllowed for who does not own it or signed in too
 * long ago; Conflict while another owner's request stands or something has to be settled first
 */
export const requestDeregistration = verb({
  may: "deregistration.request",
  input: requestInput,

  async run(step, { accountId, typedName, isSettled, elsewhere }) {
    const { tx, actor, now, record, unchanged } = step;
    membershipIn(actor, accountId, ["owner"]);
    const { id: requestedBy } = person(actor);
    const account = await lockAccount(tx, accountId);
    const open = await findOpen(tx, accountId);
    if (open) {
      if (open.requestedBy !== requestedBy) throw new Conflict("deregistrations.errors.underWay");
      unchanged();
      return { number: open.number };
    }
    const owners = await ownersOf(tx, accountId);
    if (!owners.includes(requestedBy)) throw new NotAllowed("errors.notAllowed");
    assertFreshSignIn(step);
    assertMeant({ typedName, isSettled, name: account.name });
    const checks = await readChecks(tx, accountId, elsewhere);
    if (isBlocked(checks)) throw new Conflict("deregistrations.errors.blocked");

    const executeAfter = owners.length > 1 ? null : endOfCoolingOff(now);
    const [asked] = await tx
      .insert(deregistrations)
      .values({
        ...{ accountId, requestedBy, checks, executeAfter },
        number: await nextNumber(step, "deregistration"),
        status: executeAfter ? "cooling_off" : "awaiting_owner",
        requestedAt: now,
      })
      .returning();
    if (!asked) throw new Error("the deregistration was not written");
    await record("deregistration.requested", {
      id: asked.id,
      after: {
        ...{ number: asked.number, accountId, status: asked.status, executeAfter },
        checks: onRecord(checks),
      },
    });
    await tellOwners(step, { deregistration: asked, account, event: "requested", owners });
    return { number: asked.number };
  },
});

type Meant = { typedName: string; isSettled: boolean; name: string };

/** @throws Invalid at the fields that say it was not meant */
function assertMeant({ typedName, isSettled, name }: Meant): void {
  const fields: Record<string, string[]> = {
    ...(!isSameName(typedName, name) && { typedName: ["deregistrations.errors.otherName"] }),
    ...(!isSettled && { isSettled: ["deregistrations.errors.notSettled"] }),
  };
  if (Object.keys(fields).length > 0) throw new Invalid("errors.form", fields, { name });
}
