import { z } from "zod";

import { env } from "./env";
import { log } from "./log";

/** An owner waits for it, on a page. */
const TIMEOUT_MS = 3_000;
const MOST_NAMED = 10;

/** Without signs that cannot be seen, some of which no database keeps. */
function plain(text: string): string {
  return text.replaceAll(/\p{C}/gu, "").trim();
}

const line = z
  .object({
    count: z.int().min(0),
    /** Which: SDKAppIDs, numbers of bills or tickets. */
    named: z.array(z.string().max(64).transform(plain)).default([]),
    /** Where it is settled. */
    url: z.url({ protocol: /^https$/ }).optional(),
  })
  .transform(({ named, ...rest }) => ({
    ...rest,
    named: named.filter((one) => one !== "").slice(0, MOST_NAMED),
  }));

const answer = z.object({
  asOf: z.iso.datetime({ offset: true }),
  apps: line.optional(),
  traffic: line.optional(),
  bills: line.optional(),
  tickets: line.optional(),
});

export type ServiceLine = z.output<typeof line>;
export type ServiceStanding =
  /** No interface is set, or it does not answer, or not so that it could be read. */
  { state: "none" | "away" } | ({ state: "known" } & z.output<typeof answer>);

/**
 * Where an account's service stands at the vendor: apps that are live, calls of the last thirty days, bills
 * that are unpaid, tickets that are open (stand-ins/service-standing/README.md). What it leaves out it does
 * not know. Never throws.
 */
export async function askServiceStanding(uin: string): Promise<ServiceStanding> {
  const { SERVICE_STANDING_URL: url, SERVICE_STANDING_KEY: key = "" } = env();
  if (!url) return { state: "none" };
  try {
    const response = await fetch(`${url}/accounts/${encodeURIComponent(uin)}/standing`, {
      headers: { authorization: `Bearer ${key}` },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return away(`status ${response.status}`);
    }
    const read = answer.safeParse(await response.json());
    return read.success ? { state: "known", ...read.data } : away("strange answer");
  } catch (error) {
    return away(error instanceof Error ? error.name : "unknown");
  }
}

function away(reason: string): ServiceStanding {
  log.warn({ reason }, "the standing of a service is not known");
  return { state: "away" };
}
