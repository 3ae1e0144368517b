import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { provide } from "@/lib/env";
import type { StandInOptions } from "@/stand-ins/resend/options";
import { type ResendStandIn, startResendStandIn } from "@/stand-ins/resend/start";

/** A mail as the provider's stand-in took it. */
export type Accepted = {
  to: string[];
  replyTo?: string[];
  subject: string;
  text: string;
  headers?: Record<string, string>;
};

/** Starts the provider's stand-in with a journal of its own, and names it to the portal. */
export async function startMailProvider(
  options: Partial<StandInOptions> = {},
): Promise<ResendStandIn> {
  const resend = await startResendStandIn({
    dataFolder: mkdtempSync(join(tmpdir(), "gaozhi-resend-")),
    apiKey: "re_test",
    webhookSecret: "whsec_dGVzdHMtc2lnbi13aXRoLXRoaXMtc2VjcmV0",
    ...options,
  });
  provide({ RESEND_BASE_URL: resend.url });
  return resend;
}

/** What it took, the last 500; all of it, or since a moment. */
export async function acceptedBy({ url }: ResendStandIn, since?: Date): Promise<Accepted[]> {
  const from = since ? `&since=${since.toISOString()}` : "";
  const answer = await fetch(`${url}/__control/mails?limit=500${from}`);
  return ((await answer.json()) as { mails: Accepted[] }).mails;
}
