import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { env } from "@/lib/env";
import { type AcceptedMail, readRecord } from "@/stand-ins/resend/record";
import { type ResendStandIn, startResendStandIn } from "@/stand-ins/resend/start";
import type { StandInOptions } from "@/stand-ins/resend/options";

import { type Broken, startBrokenProxy } from "./broken-proxy";
import { openWebhookDoor } from "./webhook-door";
import { workerProcesses } from "./workers";

type Wish = Pick<StandInOptions, "onRequest" | "webhookRetriesMs"> & {
  /** Where webhooks go; unset, a door in this process. */
  webhookUrl?: string;
  /** In which way the workers are broken; null where they are the product's own. */
  broken?: Broken | null;
};

export type Stage = {
  resend: ResendStandIn;
  workers: ReturnType<typeof workerProcesses>;
  /** What the provider has accepted so far. */
  accepted: () => Promise<AcceptedMail[]>;
};

/**
 * Plays one run with a provider, a door for its webhooks and real worker processes of its own, all of
 * which are gone at the end, however it ends.
 * @returns what the play found, and how many seconds it took
 */
export async function onStage<Found extends object>(
  { webhookUrl, broken = null, ...wish }: Wish,
  play: (stage: Stage) => Promise<Found>,
): Promise<Found & { seconds: number }> {
  const begin = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "gaozhi-faults-"));
  const door = webhookUrl === undefined ? await openWebhookDoor() : null;
  const resend = await startResendStandIn({
    dataFolder: folder,
    apiKey: env().RESEND_API_KEY,
    webhookSecret: env().RESEND_WEBHOOK_SECRET,
    webhookUrl: webhookUrl ?? door?.url,
    webhookRetriesMs: [50, 200, 1000, 2000, 4000, 8000],
    stepMs: 30,
    ...wish,
  });
  const proxy = broken ? await startBrokenProxy(resend.url, broken) : null;
  const workers = workerProcesses(proxy?.url ?? resend.url);
  try {
    const found = await play({ resend, workers, accepted: () => readRecord(folder) });
    return { ...found, seconds: Math.round((performance.now() - begin) / 1000) };
  } finally {
    await workers.killAll();
    proxy?.close();
    await resend.close();
    door?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
