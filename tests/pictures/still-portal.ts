import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { pathToFileURL } from "node:url";
import { z } from "zod";

import { childEnvironment } from "@/lib/env";
import { inRoot } from "@/lib/paths";
import { NEXT } from "@/scripts/launch/build";
import { freePort } from "@/scripts/launch/free-port";
import { NO_STATE } from "@/scripts/launch/launcher-state";
import { webAnswers } from "@/scripts/launch/portal";
import { watchPrograms } from "@/scripts/launch/programs";
import { drop, recreate } from "@/tests/support/template";

import { READERS } from "./readers";

const cookies = z.record(z.enum(READERS), z.string());

export type StillPortal = {
  origin: string;
  cookies: z.infer<typeof cookies>;
  stop: () => Promise<void>;
};

/**
 * A portal in which nothing moves: the demo's story in a database of its own, beside that of this
 * worker, told at a moment that stays; and no jobs.
 */
export async function startStillPortal(): Promise<StillPortal> {
  const server = process.env.E2E_OWNER_URL ?? "";
  const named = (name: string, who = server) =>
    String(Object.assign(new URL(who), { pathname: name }));
  const name = `/still_${process.pid}`;
  const url = named(name, process.env.DATABASE_URL);
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const clock = pathToFileURL(inRoot("tests", "pictures", "still-clock.mjs")).href;
  const environment = {
    ...{
      DATABASE_URL: url,
      DATABASE_OWNER_URL: named(name),
      PORT: String(port),
      APP_ORIGIN: origin,
      NEXTAUTH_URL: origin,
    },
    ...{ NODE_ENV: "production", NODE_OPTIONS: `--import ${clock}` },
  };
  await recreate(named("/template1"), url);
  const programs = watchPrograms(NO_STATE, inRoot("test-results", "logs"));
  const [{ stdout }] = await Promise.all([
    promisify(execFile)(
      process.execPath,
      ["--import", "tsx", path.join("tests", "pictures", "tell-still-story.ts")],
      { cwd: inRoot(), env: childEnvironment(environment) },
    ),
    programs.start({
      name: "web-of-pictures",
      command: [NEXT, "start", "-H", "127.0.0.1", "-p", String(port)],
      environment,
    }),
  ]);
  await webAnswers(port, programs.lost);
  return {
    ...{ origin, cookies: cookies.parse(JSON.parse(stdout)) },
    async stop() {
      await programs.stop();
      await drop(server, url);
    },
  };
}
