import "server-only";
import { createHash } from "node:crypto";
import { Resend } from "resend";
import { z } from "zod";

import { TEMPORARY_BOUNCE } from "@/domain/broadcasts/delivery-status";
import {
  MOST_EVENTS,
  type ProviderEvent,
  recordProviderEvents,
} from "@/domain/broadcasts/record-provider-events";
import { asJob } from "@/domain/context";
import { coalesce } from "@/lib/coalesce";
import { env } from "@/lib/env";
import { metrics } from "@/lib/metrics";
import { readLimited } from "@/lib/read-limited";
import { stillValid } from "@/lib/signing";

import { preferredLocale, problem, type ProblemCode } from "./problem";

/** Resend's events are a few kilobytes; route handlers have no limit of their own. */
const MOST_BYTES = 256 * 1024;

/** Whatever else comes, it must not make a series of its own. */
const KNOWN_EVENTS = new Set([
  ...["email.sent", "email.delivered", "email.delivery_delayed", "email.bounced"],
  ...["email.complained", "email.failed", "email.suppressed", TEMPORARY_BOUNCE],
]);

const resendEvent = z.object({
  type: z.string(),
  created_at: z.string(),
  data: z
    .object({
      email_id: z.string().optional(),
      bounce: z.object({ message: z.string().optional(), type: z.string().optional() }).optional(),
      failed: z.object({ reason: z.string().optional() }).optional(),
    })
    .loose(),
});

/** A large broadcast brings webhooks by the thousand: those that come together share a transaction. */
const record = coalesce<ProviderEvent>(async (events) => {
  await recordProviderEvents(asJob("resend-webhook", new Date()), { events });
}, MOST_EVENTS);

/**
 * Takes one webhook of Resend (signed the Svix way; at least once, in any order): verifies the
 * signature over the raw bytes, stores the event, applies it. 401 for a wrong signature, 413 for too
 * much, 400 for what is no event; any event with a right signature is answered with 200.
 */
export async function receiveResendWebhook(request: Request): Promise<Response> {
  const body = await readLimited(request, MOST_BYTES);
  const refuse = (code: ProblemCode) => problem({ code, locale: preferredLocale(request) });
  if (body === null) return refuse("too_large");

  const payload = body.toString("utf8");
  const id = request.headers.get("svix-id") ?? "";
  if (!isSigned(request.headers, { id, payload })) return refuse("unauthorized");

  const event = resendEvent.safeParse(readJson(payload));
  if (!event.success) return refuse("malformed");
  const known = read(event.data, new Date());
  await record({ id: shortId(id), ...known });
  metrics.providerEvents.inc({ type: KNOWN_EVENTS.has(known.type) ? known.type : "other" });
  return new Response("ok\n");
}

/** However odd a signed event is, it is stored: an answer that is no success would bring it again and again. */
function read({ type, created_at, data }: z.output<typeof resendEvent>, now: Date) {
  const { email_id: mail = "" } = data;
  return {
    type: typeOf(type, data.bounce),
    // A mail of ours has the provider's id, which is a UUID; whatever is longer is no mail of ours.
    providerId: mail !== "" && mail === storable(mail, 200) ? mail : null,
    occurredAt: momentOf(created_at) ?? now,
    detail: storable(data.bounce?.message ?? data.failed?.reason ?? "", 1000) || null,
  };
}

function readJson(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

/** What the database takes: no NUL, no half of a surrogate pair, and no more than `max` characters. */
const storable = (text: string, max: number): string =>
  text.replaceAll("\u0000", "").slice(0, max).toWellFormed();

/** A repeat has the same id, so an unusually long one is kept as its hash. */
const shortId = (id: string): string =>
  id.length <= 200 ? id : createHash("sha256").update(id).digest("hex");

/** Null for what is no moment of the years this can happen in. */
function momentOf(text: string): Date | null {
  const moment = new Date(text);
  const year = moment.getUTCFullYear();
  return year >= 2000 && year <= 9999 ? moment : null;
}

/** Only what the provider calls permanent ends an address; a bounce without a word is taken for one. */
function typeOf(type: string, bounce: { type?: string | undefined } | undefined): string {
  const word = bounce?.type?.toLowerCase() ?? "permanent";
  return type === "email.bounced" && word !== "permanent" ? TEMPORARY_BOUNCE : storable(type, 100);
}

/** By the provider's secret, or for a set time by the one before. */
function isSigned(headers: Headers, event: { id: string; payload: string }): boolean {
  const { RESEND_WEBHOOK_SECRET, RESEND_WEBHOOK_SECRET_BEFORE } = env();
  return stillValid(RESEND_WEBHOOK_SECRET, RESEND_WEBHOOK_SECRET_BEFORE).some((secret) =>
    isSignedBy(secret, headers, event),
  );
}

function isSignedBy(
  webhookSecret: string,
  headers: Headers,
  { id, payload }: { id: string; payload: string },
): boolean {
  try {
    new Resend(env().RESEND_API_KEY).webhooks.verify({
      payload,
      headers: {
        id,
        timestamp: headers.get("svix-timestamp") ?? "",
        signature: headers.get("svix-signature") ?? "",
      },
      webhookSecret,
    });
    return true;
  } catch {
    return false;
  }
}
