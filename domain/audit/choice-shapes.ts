import { z } from "zod";

import { MAIL_PACES, OPTIONAL_PUSHES } from "@/db/vocabulary/broadcasts";
import { ENDPOINT_CHANNELS, ENDPOINT_ENDS, ENDPOINT_TOPICS } from "@/db/vocabulary/endpoints";
import type { HandlerMatter } from "@/db/vocabulary/requests";

import { count, id, one, shape, text, texts, yes } from "./shapes";

/** Until there was a digest, whether they were wanted; since then, how they come, and what browsers do not show. */
export const mails = shape({
  wantsAnnouncementMails: yes.optional(),
  wantsMinorChangeMails: yes.optional(),
  announcements: one(MAIL_PACES).optional(),
  minor_changes: one(MAIL_PACES).optional(),
  mutedPushes: z.array(one(OPTIONAL_PUSHES)).optional(),
});
const wantsCheckpoints = shape({ wantsCheckpointMails: yes });
export const checkpointMails = { before: wantsCheckpoints, after: wantsCheckpoints };
const handlerPaces = shape({
  ...{ assigned: one(MAIL_PACES), own_due: one(MAIL_PACES), open_due: one(MAIL_PACES) },
  ...{ queue: one(MAIL_PACES), requester: one(MAIL_PACES) },
} satisfies Record<HandlerMatter, z.ZodType>);
/** How a handler is mailed of each kind of thing. */
export const handlerMails = { before: handlerPaces, after: handlerPaces };
/** A code was sent to a mobile number, or another was typed. */
export const numberCheck = shape({ outcome: one(["asked", "refused"]) });
export const visibility = shape({ showsAddress: yes });
/** Whose an endpoint is: an account's; null of a person's browser and of the ticket system. */
export const endpointOwner = shape({ accountId: id.nullable() });
export const endpointHost = endpointOwner.extend({ host: text });
export const endpointEnd = endpointOwner.extend({ reason: one(ENDPOINT_ENDS) });
/** No address: who knows it may post there. */
export const endpoint = endpointOwner.extend({
  channel: one(ENDPOINT_CHANNELS),
  topics: z.array(one(ENDPOINT_TOPICS)),
});
/** What is told by mail to somebody who subscribed. */
export const subscription = shape({
  productIds: z.array(id),
  announcements: yes,
  documentIds: z.array(id),
});
export const subscriptionChange = { before: subscription, after: subscription };
/** What support looked for, and what came of it. */
export const search = shape({
  by: one(["email", "text"]),
  people: count,
  accountIds: texts,
  personIds: texts,
  linkIds: texts,
});
