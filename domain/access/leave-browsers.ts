import { type SQL, sql } from "drizzle-orm";

import { endEndpoints } from "../broadcasts/end-endpoint";
import type { RecordedStep } from "../verb";

type Leaving = {
  userId: string;
  /** Which of their browsers: a condition on the row `e` of endpoints. */
  where: SQL;
};

/**
 * A person is signed out of browsers: nothing of theirs shows up there any more, and the browsers may not
 * renew it. On record, one by one.
 */
export async function leaveBrowsers(
  { tx, now, recordEach }: RecordedStep,
  { userId, where }: Leaving,
): Promise<void> {
  const silent = await endEndpoints(tx, {
    where: sql`e.channel = 'push' and e.user_id = ${userId} and ${where}`,
    ...{ reason: "signed_out", now },
  });
  await tx.execute(sql`
    update endpoints e set browser_hash = null
    where e.user_id = ${userId} and e.browser_hash is not null and ${where}`);
  await recordEach(
    "endpoint.ended",
    silent.map((one) => ({ id: one.id, after: { accountId: null, reason: "signed_out" } })),
  );
}
