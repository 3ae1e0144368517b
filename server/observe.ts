import type { Instrumentation } from "next";

import { measurePool } from "@/db/client";
import { dropLargeBodies } from "@/lib/body-size";
import { answerBrokenCalls } from "@/lib/broken-calls";
import { env, setting } from "@/lib/env";
import { log } from "@/lib/log";
import { serveMetrics } from "@/lib/metrics-server";
import { keepTo, knownHosts } from "@/lib/outward";
import { stampPeers } from "@/lib/peer-address";
import { scrub } from "@/lib/scrub";
import { openTraces } from "@/lib/traces";

import { standInFront } from "./front";
import { refuseStrangeMethods, typeAnswers } from "./known-methods";

/** What a server process does from its start on. */
export async function observe(): Promise<void> {
  stampPeers();
  dropLargeBodies("gaozhi-session");
  answerBrokenCalls();
  if (setting("NODE_ENV") !== "production") return;
  keepTo(knownHosts(env()));
  await openTraces("gaozhi-web");
  standInFront("gaozhi-session");
  refuseStrangeMethods();
  typeAnswers();
  takeOverConsole();
  const { METRICS_LISTEN: listen, METRICS_TOKEN: token } = env();
  if (listen)
    serveMetrics({ listen, token }, measurePool).catch((error: Error & { code?: string }) =>
      log.error({ code: error.code, listen }, "no metrics: the address cannot be listened on"),
    );
}

/** What went wrong in which kind of page, under the id its reader is shown. Never what it was asked with. */
export const noteFailure: Instrumentation.onRequestError = (error, { method }, context) => {
  const { name = "unknown", code, digest } = error as Partial<Error> & Marks;
  log.error(
    { error: name, code, digest, method, route: context.routePath, kind: context.routeType },
    "request failed",
  );
};

type Marks = { code?: string; digest?: string };

/** Next prints every error whole, with what the error quotes; here it goes through the one logger. */
function takeOverConsole(): void {
  const { console } = globalThis;
  console.error = (...parts: unknown[]) => log.error(scrub(parts));
  console.warn = (...parts: unknown[]) => log.warn(scrub(parts));
}
