import { parseArgs } from "node:util";

import { closeDatabase } from "@/db/client";
import { provide } from "@/lib/env";

import { settleErasures, settleMails } from "./launch/after-restore";
import { untilStopped } from "./launch/lifetime";
import { dataHome, openDatabase } from "./launch/portal";
import { runCommand, say } from "./launch/say";

const { values } = parseArgs({ options: { hold: { type: "boolean", default: false } } });

/**
 * npm run restored: what start and worker do by themselves where they see that the database was
 * restored (docs/operations.md), done because somebody says so. With --hold the provider is not asked, and every
 * broadcast with mails to go is paused.
 */
await runCommand(async () => {
  let isDone = false;
  await untilStopped(async (life) => {
    provide({ DATABASE_URL: await openDatabase(life, dataHome) });
    try {
      await settleErasures();
      await settleMails({ isAsked: !values.hold });
    } finally {
      await closeDatabase();
    }
    isDone = true;
    say("可以启动 · it may be started");
  });
  return isDone ? 0 : 1;
});
