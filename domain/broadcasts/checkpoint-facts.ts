import { z } from "zod";

import { CHECKPOINT_PACES } from "@/db/vocabulary/evidence";

/** A signed state of the record, as its note says it: `sealedAt` in ISO 8601, UTC. */
const signedState = z.object({ size: z.number(), sealedAt: z.string(), note: z.string() });

/** What was signed last, for who wants to hold us to it; `earlier` is what the same reader was mailed before. */
export const checkpoint = z.object({
  pace: z.enum(CHECKPOINT_PACES),
  last: signedState,
  earlier: signedState.nullable(),
});
export type CheckpointFacts = z.output<typeof checkpoint>;
