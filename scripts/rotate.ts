import pg from "pg";

import { provide, setting } from "@/lib/env";

import { reseal } from "./keys/reseal";
import { untilStopped } from "./launch/lifetime";
import { check, dataHome, openAsOwner } from "./launch/portal";
import { runCommand, say } from "./launch/say";

/**
 * npm run rotate: seals anew, with DATA_KEY, what the keys of DATA_KEY_OTHERS have sealed, while the
 * portal runs (docs/operations.md, "Keys"). May be ended and run again at any moment.
 */
await runCommand(async () => {
  // Before a database is started for nothing.
  check({ DATABASE_URL: setting("DATABASE_URL") ?? "postgresql://embedded" });
  let code = 1;
  await untilStopped(async (life) => {
    const url = await openAsOwner(life, dataHome);
    provide({ DATABASE_URL: setting("DATABASE_URL") ?? url });
    const client = new pg.Client({ connectionString: url, application_name: "gaozhi-rotate" });
    await client.connect();
    try {
      const outcomes = await reseal(client, (place, count) => say(`  ${place}: ${count}`));
      const sum = (of: "resealed" | "closed") =>
        outcomes.reduce((total, outcome) => total + outcome[of], 0);
      say(`已重新加密 · sealed anew: ${sum("resealed")}`);
      for (const { place, closed } of outcomes.filter((outcome) => outcome.closed > 0))
        say(`  ! ${place}: ${closed} 条无法用现有密钥打开 · which none of the given keys opens`);
      if (sum("closed") === 0)
        say(
          "全部由 DATA_KEY 加密,DATA_KEY_OTHERS 可以移除 · all is sealed by DATA_KEY; DATA_KEY_OTHERS may go",
        );
      code = sum("closed") === 0 ? 0 : 1;
    } finally {
      await client.end();
    }
  });
  return code;
});
