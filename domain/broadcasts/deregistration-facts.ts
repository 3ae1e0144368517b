import { z } from "zod";

import { CERTIFICATE_ITEMS, DEREGISTRATION_EVENTS } from "@/db/vocabulary/deregistrations";
import { DATA_STORES, DISPOSAL_ACTIONS, HOLD_REASONS } from "@/db/vocabulary/requests";

const text = z.string().nullable();
/** What became of one store of the service's data. */
const disposedStore = z.object({
  ...{ store: z.enum(DATA_STORES), action: z.enum(DISPOSAL_ACTIONS) },
  holdReason: z.enum(HOLD_REASONS).nullable(),
  ...{ executor: text, result: text, backupsUntil: text, doneAt: text },
});

/** What a certificate of deregistration states: times and counts, no names but the account's. */
export const certificate = z.object({
  number: z.string(),
  accountName: z.string(),
  uin: z.string(),
  /** ISO 8601, UTC, like every time here. */
  requestedAt: z.string(),
  /** By a second owner; null where the account had one owner. */
  confirmedAt: z.string().nullable(),
  executeAfter: z.string(),
  completedAt: z.string(),
  items: z.array(z.object({ item: z.enum(CERTIFICATE_ITEMS), count: z.number() })),
  /** People whose address is held until this last mail has left, then erased too. */
  lastMails: z.number(),
  /** What became of the service's data, store by store, before the account went (P10). */
  stores: z.array(disposedStore).optional(),
});
export type Certificate = z.output<typeof certificate>;

export const deregistrationUpdate = z.object({
  deregistrationId: z.string(),
  number: z.string(),
  accountName: z.string(),
  uin: z.string(),
  event: z.enum(DEREGISTRATION_EVENTS),
  /** ISO 8601, UTC; null while a second owner has not confirmed. */
  executeAfter: z.string().nullable(),
  /** With `completed`: the certificate, its sha256, and the key that opens its page without sign-in. */
  certificate: z.object({ stated: certificate, hash: z.string(), key: z.string() }).nullable(),
  /** With `paused`: why operations hold it back. */
  reason: z.string().nullable().optional(),
});
