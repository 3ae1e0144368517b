import path from "node:path";

import { freePort } from "@/lib/free-port";
import { isBuilt, NEXT } from "@/scripts/launch/build";
import { enterLauncher } from "@/scripts/launch/launcher-state";
import { migrate } from "@/scripts/launch/migrations";
import {
  localEnvironment,
  standInProgram,
  webAnswers,
  workerProgram,
} from "@/scripts/launch/portal";
import { watchPrograms } from "@/scripts/launch/programs";
import { tellStory } from "@/scripts/launch/tell-story";
import { endThrowAway, startThrowAway } from "@/tests/support/throw-away";

/** What a person's shell may hold and must not reach the portal under test. */
const NOT_OURS = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "APP_ORIGIN", "MAIL_FROM"];

/**
 * The whole portal for the end-to-end tests: a throw-away PostgreSQL with the demo's story, the
 * Resend stand-in, worker and production build. Its environment becomes the tests' own, so that
 * they may ask the database and the stand-in (MAILBOX_URL) themselves.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  if (!isBuilt()) throw new Error("the sources are not built: npm run build");
  for (const name of NOT_OURS) Reflect.deleteProperty(process.env, name);

  const port = Number(process.env.E2E_PORT);
  const database = await startThrowAway();
  const { url, dataDir } = database;
  const state = await enterLauncher(dataDir, { address: `http://localhost:${port}`, whole: true });
  const programs = watchPrograms(state, path.join(dataDir, "logs"));
  const end = async () => {
    await programs.stop(["web", "worker"]);
    await programs.stop();
    await endThrowAway(database);
  };
  try {
    await migrate(url);
    const environment = localEnvironment("test", {
      ...{ url, dataDir, port, standIn: await freePort() },
    });
    Object.assign(process.env, environment, { LOG_LEVEL: "warn" });
    await programs.start(standInProgram(environment, dataDir));
    await Promise.all([
      tellStory(environment),
      programs.start(workerProgram(environment)),
      programs.start({
        name: "web",
        command: [NEXT, "start", "-H", "127.0.0.1", "-p", String(port)],
        environment,
      }),
    ]);
    await webAnswers(port, programs.lost);
  } catch (error) {
    await end();
    throw error;
  }
  return end;
}
