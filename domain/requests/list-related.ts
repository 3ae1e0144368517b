import { and, desc, eq, ne, or, sql } from "drizzle-orm";
import { z } from "zod";

import { requests } from "@/db/schema";

import { query } from "../query";
import { requestNumber } from "./input";
import { findStaffRequest, staffRequests } from "./staff-requests";

const MOST = 10;

/**
 * What the same person asked before, came by the same ticket, or was linked as asking for the same, the
 * newest first: a second filing of one wish, or the repetitions without which nobody may be refused for
 * repeating (P35). @throws NotFound
 */
export const listRelated = query({
  may: "request.readAsStaff",
  input: z.object({ number: requestNumber }),

  async run({ db, actor }, { number }) {
    const { id, requesterId, ticketNumber, duplicateOf } = await findStaffRequest(db, {
      actor,
      number,
    });
    const repeats = sql<boolean>`coalesce(${requests.duplicateOf}, ${requests.id}) = ${duplicateOf ?? id}`;
    const of = [
      eq(requests.duplicateOf, duplicateOf ?? id),
      ...(duplicateOf ? [eq(requests.id, duplicateOf)] : []),
      ...(requesterId ? [eq(requests.requesterId, requesterId)] : []),
      ...(ticketNumber ? [eq(requests.ticketNumber, ticketNumber)] : []),
    ];
    return db
      .select({
        number: requests.number,
        type: requests.type,
        status: requests.status,
        receivedAt: requests.receivedAt,
        isDuplicate: repeats,
      })
      .from(requests)
      .where(and(staffRequests(actor), ne(requests.id, id), or(...of)))
      .orderBy(desc(requests.receivedAt), desc(requests.number))
      .limit(MOST);
  },
});
