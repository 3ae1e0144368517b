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

/** Where the processes tell what they spend their time on, by the names that OpenTelemetry gives its settings. */
export const TRACES_VARIABLES = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({
      protocol: /^https?$/,
      error: "must be an address such as https://collector.internal:4318",
    })
    .optional()
    .describe(
      "Address of an OpenTelemetry collector that takes traces by OTLP over HTTP, e.g. http://127.0.0.1:4318; unset, no trace is made. What is told: docs/decisions/052-traces-tell-routes-not-people.md.",
    ),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(/^[^=,\s]+=[^,]*(?:,[^=,\s]+=[^,]*)*$/, "must be name=value, with commas between")
    .optional()
    .describe(
      "Headers that the collector asks for, e.g. authorization=Bearer%20…, percent-encoded, with commas between.",
    ),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number("must be a number")
    .min(0, "must be between 0 and 1")
    .max(1, "must be between 0 and 1")
    .default(1)
    .describe("Share of the requests and jobs of which traces are made, between 0 and 1."),
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
