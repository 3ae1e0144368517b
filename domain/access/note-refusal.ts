import { and, eq, gt } from "drizzle-orm";
import { z } from "zod";

import { securityEvents } from "@/db/schema";

import { chore } from "../chore";
import { visitor } from "./door-limits";
import { noteSecurity } from "./security-events";

const HOUR_MS = 3_600_000;
/** So many refusals of one person in an hour say all that more would. */
const MOST_AN_HOUR = 200;

/** Notes that a signed-in person was refused a page or an act, or looked for what is not theirs. */
export const noteRefusal = chore({
  may: "security.note",
  input: z.object({ userId: z.uuid(), visitor, path: z.string() }),

  async run({ tx, now }, { userId, visitor: { network, device }, path }) {
    const noted = await tx.$count(
      securityEvents,
      and(
        eq(securityEvents.userId, userId),
        eq(securityEvents.kind, "refused"),
        gt(securityEvents.at, new Date(now.getTime() - HOUR_MS)),
      ),
    );
    if (noted >= MOST_AN_HOUR) return;
    const what = path.slice(0, 200);
    await noteSecurity({ tx, now }, { kind: "refused", userId, network, device, what });
  },
});
