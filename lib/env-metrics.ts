import { z } from "zod";

import { LOOPBACK_HOSTS } from "./env-lines";

/** An address of this machine and a port. */
const listenAt = z
  .string()
  .refine(
    (text) => /:\d+$/.test(text) && URL.canParse(`http://${text}`),
    "must be an address and a port, e.g. 127.0.0.1:9464",
  )
  .optional();

/** Where the processes tell Prometheus what happens. */
export const METRICS_VARIABLES = {
  METRICS_LISTEN: listenAt.describe(
    "Where a web process answers GET /metrics for Prometheus, e.g. 127.0.0.1:9464; unset, nowhere. Beyond this machine only with METRICS_TOKEN.",
  ),
  METRICS_LISTEN_WORKER: listenAt.describe("The same of a worker process, e.g. 127.0.0.1:9465."),
  METRICS_TOKEN: z
    .string()
    .min(32, "must have at least 32 characters")
    .optional()
    .describe("Token of at least 32 characters that Prometheus shows (Authorization: Bearer …)."),
};

/** What a process tells of itself is for who runs it. */
export function metricsContradictions(given: {
  METRICS_LISTEN?: string | undefined;
  METRICS_LISTEN_WORKER?: string | undefined;
  METRICS_TOKEN?: string | undefined;
}): string[] {
  const open = [given.METRICS_LISTEN, given.METRICS_LISTEN_WORKER].filter(
    (listen) => listen && !LOOPBACK_HOSTS.includes(new URL(`http://${listen}`).hostname),
  );
  return given.METRICS_TOKEN
    ? []
    : open.map(
        (listen) =>
          `METRICS_TOKEN is needed where metrics are told beyond this machine (${listen}); set it, or listen on 127.0.0.1.`,
      );
}
