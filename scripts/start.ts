import { closeDatabase } from "@/db/client";
import { childEnvironment, isGiven, provide, setting } from "@/lib/env";
import { StartError } from "@/lib/start-error";

import { settleErasures } from "./launch/after-restore";
import { ensureBuilt, isBuiltSomehow, NEXT } from "./launch/build";
import { enterLauncher, NO_STATE } from "./launch/launcher-state";
import { type Lifetime, untilStopped } from "./launch/lifetime";
import {
  check,
  checkPort,
  dataHome,
  type Environment,
  openDatabase,
  webAnswers,
  workerProgram,
} from "./launch/portal";
import { watchPrograms } from "./launch/programs";
import { runCommand, say } from "./launch/say";

/** npm start: web and worker in production; `web` or `worker` starts that one alone. */
const only = process.argv[2];
/** What may change the record's tables is not in the hands of who serves readers. */
const OWNERLESS = { DATABASE_OWNER_URL: undefined };
await runCommand(() => untilStopped(start));

async function start(life: Lifetime): Promise<void> {
  refuseDemoSignIn();
  const production = { NODE_ENV: "production", GAOZHI_MODE: "production" };
  // Told before anything starts; which database it will be does not matter yet.
  const { APP_ORIGIN, PORT } = check({
    DATABASE_URL: "postgresql://localhost/embedded",
    ...given(production),
  });

  const state = isGiven("DATABASE_URL")
    ? NO_STATE
    : await enterLauncher(dataHome().dataDir, { address: APP_ORIGIN, whole: !only });
  life.atEnd(() => state.leave());
  if (only !== "worker") {
    await checkPort(PORT);
    if (!isBuiltSomehow()) await ensureBuilt("inherit");
  }
  const url = await openDatabase(life, dataHome);
  const environment = { ...production, DATABASE_URL: url, ...OWNERLESS, NEXTAUTH_URL: APP_ORIGIN };
  provide({ ...production, DATABASE_URL: url });
  await settleErasures().finally(closeDatabase);
  const programs = watchPrograms(state, undefined);
  life.atEnd(() => programs.stop());

  if (only !== "web") await programs.start(workerProgram(environment));
  if (only !== "worker") {
    const command = [NEXT, "start", "-p", String(PORT)];
    await programs.start({ name: "web", command, environment });
    await webAnswers(PORT, programs.lost);
    say(`${APP_ORIGIN} ready on port ${PORT}`);
  }
  say(`lost: ${await programs.lost}`);
}

function given(production: Environment): Environment {
  const url = setting("DATABASE_URL");
  return { ...production, ...(url && { DATABASE_URL: url }) };
}

function refuseDemoSignIn(): void {
  const { GAOZHI_MODE } = childEnvironment({});
  if (!GAOZHI_MODE || GAOZHI_MODE === "production") return;
  throw new StartError(
    `GAOZHI_MODE=${GAOZHI_MODE} 会让任何人以演示身份登录,生产环境拒绝启动。请取消该变量;演示请用 npm run demo。`,
    `GAOZHI_MODE=${GAOZHI_MODE} lets anybody sign in as a demo person, so production does not start. Unset it; for a demo use npm run demo.`,
  );
}
