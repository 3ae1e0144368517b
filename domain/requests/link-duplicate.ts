import { eq, sql } from "drizzle-orm";
import { z } from "zod";

import { requests } from "@/db/schema";

import { Conflict, Invalid, NotFound } from "../errors";
import { verb } from "../verb";
import { lockHandledRequest } from "./handled-request";
import { requestNumber, seen } from "./input";
import { writeRequest } from "./move";
import { findStaffRequest } from "./staff-requests";

const other = z
  .string()
  .trim()
  .toUpperCase()
  .pipe(z.union([requestNumber, z.literal("")]));

/**
 * Says that a case asks for the same as another, which came by another way or from another person; an
 * empty number takes that back. Repetitions all hang on one case, the first. It is for the desk alone:
 * each keeps its clock and gets its own answer (P47).
 * @throws NotFound; Conflict where it is so already; Invalid for a number that is its own, or no case's
 */
export const linkDuplicate = verb({
  may: "request.handle",
  input: z.object({ ...seen, other }),

  async run(step, { other: number, ...of }) {
    const { tx, actor, record } = step;
    // One after the other: of two that are linked to each other at once, each would wait for the other.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('requests.duplicates'))`);
    const request = await lockHandledRequest(step, of);
    const first = number === "" ? null : await findStaffRequest(tx, { actor, number }).catch(none);
    if (first?.id === request.id)
      throw new Invalid("errors.form", { other: ["requests.errors.duplicateOfItself"] });
    const duplicateOf = first && (first.duplicateOf ?? first.id);
    if (duplicateOf === request.duplicateOf || duplicateOf === request.id)
      throw new Conflict("requests.errors.linkedAlready");
    await writeRequest(tx, request, { duplicateOf });
    // What hung on this one hangs on the first of them all.
    if (duplicateOf)
      await tx.update(requests).set({ duplicateOf }).where(eq(requests.duplicateOf, request.id));
    await record("request.linked", { id: request.id, after: { duplicateOf } });
  },
});

function none(error: unknown): never {
  if (!(error instanceof NotFound)) throw error;
  throw new Invalid("errors.form", { other: ["requests.errors.noSuchRequest"] });
}
