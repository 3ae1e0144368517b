import { z } from "zod";

import { BROADCAST_KINDS, CHANNELS } from "@/db/vocabulary/broadcasts";
import {
  HOME_REGIONS,
  MAIL_REGIONS,
  MAIL_ROUTES,
  ROUTE_REFUSALS,
  TRANSFER_BASES,
} from "@/db/vocabulary/routes";

import { count, day, id, one, optional, reason, rendered, shape, text } from "./shapes";

const mailRoute = shape({
  ...{ region: one(MAIL_REGIONS), route: one(MAIL_ROUTES), storedIn: optional },
  ...{
    basis: one(TRANSFER_BASES).nullable(),
    basisNumber: text,
    basisDay: day.nullable(),
    note: text,
  },
  treatedAs: one(HOME_REGIONS).optional(),
});
const frozenRoute = shape({
  ...{ id: id.nullable(), route: one(MAIL_ROUTES), storedIn: optional },
  basis: shape({ way: one(TRANSFER_BASES), number: text, day: day.nullable() }).nullable(),
  refused: one(ROUTE_REFUSALS).nullable(),
  treatedAs: one(HOME_REGIONS).optional(),
});
const start = shape({
  kind: one(BROADCAST_KINDS),
  subjectId: id,
  people: count,
  channels: z.array(one(CHANNELS)).readonly(),
  factsHash: text,
  /** Of one in waves: how many of them are held back for the second. */
  rest: count.optional(),
  /** By which way the mails of each region leave, by which decision, or why none does. */
  routes: z.record(one(MAIL_REGIONS), frozenRoute).optional(),
});

/** How a telling went on; and by which way the mails of a region leave, proposed by one person, decided by another. */
export const TELLING_ENTRIES = {
  "mail_route.proposed": { after: mailRoute },
  "mail_route.approved": { after: mailRoute },
  "mail_route.refused": { after: reason },
  "broadcast.started": { after: start },
  "broadcast.rendered": { after: rendered },
  "broadcast.posted": { after: shape({ posts: count, postsHash: text }) },
  "broadcast.finished": {},
  "broadcast.paused": {},
  "broadcast.resumed": {},
};
