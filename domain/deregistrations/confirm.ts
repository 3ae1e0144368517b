import { eq } from "drizzle-orm";

import { deregistrations } from "@/db/schema";
import type { DeregistrationCheck } from "@/db/vocabulary/deregistrations";

import { assertFreshSignIn } from "../access/fresh-sign-in";
import { membershipIn, person } from "../access/permissions";
import { Conflict, NotAllowed } from "../errors";
import { markReadAbout } from "../inbox/about";
import { verb } from "../verb";
import { type Elsewhere, readChecks, storedChecks } from "./checks";
import { deregistrationInput } from "./input";
import { findById, lockAccount, ownersOf } from "./lock";
import { endOfCoolingOff, isBlocked, onRecord } from "./rules";
import { tellOwners } from "./tell";

/**
 * A second owner, freshly signed in, confirms what the first one asked for: the cooling-off begins.
 * Confirming twice is confirming once.
 * @throws NotFound for somebody else's; NotAllowed for who asked, who does not own the account, or
 * who signed in too long ago; Conflict when it was cancelled or something has to be settled first
 */
export const confirmDeregistration = verb({
  may: "deregistration.request",
  input: deregistrationInput,

  async run(step, { id }) {
    const { tx, actor, now, record, unchanged } = step;
    const { accountId } = await findById(tx, id);
    membershipIn(actor, accountId, ["owner"]);
    const { id: confirmedBy } = person(actor);
    const account = await lockAccount(tx, accountId);
    const asked = await findById(tx, id);
    if (asked.status === "cooling_off") return unchanged();
    if (asked.status !== "awaiting_owner") throw new Conflict("deregistrations.errors.cancelled");
    const owners = await ownersOf(tx, accountId);
    if (asked.requestedBy === confirmedBy)
      throw new NotAllowed("deregistrations.errors.needsOther");
    if (!owners.includes(confirmedBy)) throw new NotAllowed("errors.notAllowed");
    assertFreshSignIn(step);
    const checks = await readChecks(tx, accountId, elsewhereIn(asked.checks));
    if (isBlocked(checks)) throw new Conflict("deregistrations.errors.blocked");

    const executeAfter = endOfCoolingOff(now);
    await tx
      .update(deregistrations)
      .set({ status: "cooling_off", confirmedBy, confirmedAt: now, checks, executeAfter })
      .where(eq(deregistrations.id, id));
    await record("deregistration.confirmed", {
      id,
      after: { number: asked.number, accountId, executeAfter, checks: onRecord(checks) },
    });
    await markReadAbout(step, { subjectIds: [id] });
    await tellOwners(step, {
      deregistration: { ...asked, executeAfter },
      ...{ account, event: "confirmed", owners },
    });
  },
});

/** What the one who asked was told of other rooms: it only warns, and was theirs to weigh. */
function elsewhereIn(stored: unknown): Elsewhere {
  const checks = storedChecks.parse(stored);
  const count = (wanted: DeregistrationCheck) =>
    checks.find(({ check }) => check === wanted)?.count ?? 0;
  return {
    unansweredVersions: count("unanswered_versions"),
    openAdvice: count("security_advice"),
    service: Object.fromEntries(
      checks
        .filter(({ from }) => from === "service")
        .map(({ check, count: open, numbers, url }) => [check, { count: open, numbers, url }]),
    ),
  };
}
