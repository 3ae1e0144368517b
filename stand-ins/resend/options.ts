import { z } from "zod";

import { readEnvironment } from "../read-environment";

/**
 * The schedule Resend documents for webhooks, in milliseconds between attempts:
 * 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h (resend.com/docs/webhooks/retries-and-replays).
 */
export const DOCUMENTED_RETRIES_MS = [5, 300, 1800, 7200, 18_000, 36_000, 36_000].map(
  (seconds) => seconds * 1000,
);

const secondsList = z
  .string()
  .regex(/^\d+(\.\d+)?(,\d+(\.\d+)?)*$/, "must be seconds between commas, e.g. 1,5,30")
  .transform((list) => list.split(",").map((seconds) => Number(seconds) * 1000));

const variables = z.object({
  /** Port on 127.0.0.1; 0 or unset picks a free one. */
  RESEND_STANDIN_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** Folder of the record; made when it is missing. */
  RESEND_STANDIN_DATA: z.string("is not set").min(1, "is not set"),
  /** The one API key that is accepted. */
  RESEND_API_KEY: z.string("is not set").min(1, "is not set"),
  /** Signing secret of the webhooks. */
  RESEND_WEBHOOK_SECRET: z
    .string("is not set")
    .regex(/^whsec_[A-Za-z0-9+/]+=*$/, "must be whsec_ and base64"),
  /** Where webhooks are posted; unset, none are. */
  RESEND_STANDIN_WEBHOOK_URL: z.url("must be an address").optional(),
  /** Seconds between webhook attempts; unset, the documented schedule. */
  RESEND_STANDIN_WEBHOOK_RETRIES: secondsList.optional(),
  /** Requests per second before a 429; unset, as good as none. */
  RESEND_STANDIN_RATE: z.coerce.number().int().min(1).optional(),
});

export type StandInOptions = {
  /** Where it listens; unset, 127.0.0.1. */
  address?: string | undefined;
  /** Folder of the append-only record. */
  dataFolder: string;
  apiKey: string;
  /** `whsec_…` */
  webhookSecret: string;
  webhookUrl?: string | undefined;
  /** Port on 127.0.0.1; 0 or unset picks a free one. */
  port?: number | undefined;
  /** Requests per second before a 429. */
  ratePerSecond?: number | undefined;
  /** Milliseconds between two steps of a mail's life: sent, delivered, complained. */
  stepMs?: number | undefined;
  /** Milliseconds between attempts of one webhook. */
  webhookRetriesMs?: readonly number[] | undefined;
  /** The stand-in's own clock, in milliseconds. */
  now?: (() => number) | undefined;
  /** Sees each API request as it arrived, before anything is decided. */
  onRequest?: ((request: SeenRequest) => void) | undefined;
};

export type SeenRequest = { method: string; path: string; key: string | null; body: Buffer };

/**
 * The options of a stand-in that runs as a program of its own.
 * @throws Error with one line per variable that is missing or not valid
 */
export function readOptions(): StandInOptions {
  const data = readEnvironment(variables);
  return {
    port: data.RESEND_STANDIN_PORT,
    dataFolder: data.RESEND_STANDIN_DATA,
    apiKey: data.RESEND_API_KEY,
    webhookSecret: data.RESEND_WEBHOOK_SECRET,
    webhookUrl: data.RESEND_STANDIN_WEBHOOK_URL,
    webhookRetriesMs: data.RESEND_STANDIN_WEBHOOK_RETRIES,
    ratePerSecond: data.RESEND_STANDIN_RATE,
  };
}
