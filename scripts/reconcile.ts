import { closeDatabase } from "@/db/client";
import { listToReconcile, reconcile, type Reconciliation } from "@/domain/broadcasts/reconcile";
import { asJob } from "@/domain/context";
import { provide, setting } from "@/lib/env";
import { translator } from "@/messages/translator";

import { untilStopped } from "./launch/lifetime";
import { check, dataHome, openDatabase } from "./launch/portal";
import { runCommand, say } from "./launch/say";

const NEWEST = 200;
const [asked] = process.argv.slice(2);

/**
 * npm run reconcile [-- <broadcast>]: whether snapshot, provider, deliveries and record of a broadcast
 * say the same, a line each, of the 200 newest where none is named. It changes nothing, and ends with 1
 * where one of them does not agree.
 */
await runCommand(async () => {
  // Before a database is started for nothing.
  check({ DATABASE_URL: setting("DATABASE_URL") ?? "postgresql://embedded" });
  let disagreeing = 0;
  await untilStopped(async (life) => {
    provide({ DATABASE_URL: await openDatabase(life, dataHome) });
    const ctx = asJob("reconcile", new Date());
    try {
      const ids = asked ? [{ id: asked }] : await listToReconcile(ctx, { limit: NEWEST });
      for (const { id } of ids) {
        const found = await reconcile(ctx, { id });
        if (!found.agrees) disagreeing += 1;
        say(lineOf(found));
      }
      if (ids.length === 0) say("没有可核对的告知 · nothing to reconcile");
    } finally {
      await closeDatabase();
    }
  });
  return disagreeing === 0 ? 0 : 1;
});

function lineOf({ id, agrees, people, mails, checks }: Reconciliation): string {
  if (agrees)
    return `${id} 一致 · agrees: ${people} 人 people, ${mails} 封 mails, ${checks.length}/${checks.length}`;
  const [zh, en] = [translator("zh-CN", "broadcasts"), translator("en", "broadcasts")];
  const wrong = checks
    .filter(({ expected, found }) => expected !== found)
    .map(
      ({ what, expected, found }) =>
        `${zh(`reconciliation.what.${what}`)} · ${en(`reconciliation.what.${what}`)} ${found}/${expected}`,
    );
  return `${id} 不一致 · DISAGREES: ${wrong.join("; ")}`;
}
