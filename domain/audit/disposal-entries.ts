import { z } from "zod";

import { STOP_PLACES } from "@/db/vocabulary/accounts";
import { DELETION_RUNS, DISPOSAL_CARRIERS, END_CAUSES } from "@/db/vocabulary/disposals";
import { CALL_CAUSES, CALL_RESULTS, CALL_WAYS } from "@/db/vocabulary/reach";
import { DATA_STORES, REQUEST_TYPES, WAY_READERS } from "@/db/vocabulary/requests";

import * as shapes from "./shapes";

const { shape, id, text, optional, moment, count, yes, one } = shapes;

const call = shape({ cause: one(CALL_CAUSES), broadcastId: id.optional() });
const deletionRun = shape({ kind: one(DELETION_RUNS) });
const dataStore = shape({
  ...{ executor: text, methodZh: text, methodEn: optional },
  carrier: one(DISPOSAL_CARRIERS),
  ...{ dueDays: count, backupDays: count },
});
const serviceEnd = shape({
  cause: one(END_CAUSES),
  ...{ accountId: id, appId: id.nullable() },
  stores: z.array(one(DATA_STORES)),
});
const way = shape({
  type: one(REQUEST_TYPES),
  reader: one(WAY_READERS),
  place: one(STOP_PLACES).nullable(),
  ...{ textZh: text, textEn: optional, url: optional },
});

/**
 * What the record says of accounts that go, of data that is disposed of, of what one can do oneself, of saved
 * audiences, templates and macros, and of how accounts are reached before and after a notice.
 */
export const DISPOSAL_ENTRIES = {
  "deregistration.requested": {
    after: shapes.deregistration.extend({
      ...{
        status: shapes.stage.shape.status,
        executeAfter: moment.nullable(),
        checks: shapes.checks,
      },
    }),
  },
  "deregistration.confirmed": {
    after: shapes.deregistration.extend({ executeAfter: moment, checks: shapes.checks }),
  },
  "deregistration.cancelled": {
    before: shapes.stage,
    after: shapes.deregistration.extend(shapes.stage.shape),
  },
  "deregistration.completed": {
    before: shapes.stage,
    after: shapes.deregistration.extend({ ...shapes.stage.shape, certificateHash: text }),
  },
  "deregistration.reminded": { after: shapes.deregistration.extend({ executeAfter: moment }) },
  "deregistration.paused": { after: shapes.deregistration.extend({ reason: text }) },
  "deregistration.resumed": {
    after: shapes.deregistration.extend({ executeAfter: moment.nullable() }),
  },
  /** After a restore to a moment before it was carried out at `at`. */
  "deregistration.reapplied": { after: shape({ number: text, accountId: id, at: moment }) },
  "request.deletion_ordered": { after: deletionRun.extend({ users: count }) },
  /** The rest of a deletion that the interface gave up on, and why. */
  "request.deletion_by_hand": { after: deletionRun.extend({ users: count, reason: text }) },
  "request.users_answered": { after: deletionRun.extend({ users: count, left: count }) },
  "request.deletion_put_off": {
    after: deletionRun.extend({ failures: count, isOver: yes }),
  },
  "data_store.saved": { before: dataStore.optional(), after: dataStore },
  "data_store.removed": { before: dataStore },
  "service_end.opened": { after: serviceEnd },
  "service_end.disposal_done": { after: shapes.plan },
  "service_end.settled": {},
  "way.saved": { before: way.optional(), after: way },
  "way.removed": { before: way },
  "notice.template_used": { after: shapes.templateUsed },
  "notice.audience_used": { after: shape({ audienceId: id, number: count }) },
  "audience.saved": { after: shape({ name: text, number: count, rule: shapes.rule }) },
  "audience.looked_at": { after: shape({ name: text, number: count }) },
  "audience.retired": { before: shape({ name: text }) },
  "template.saved": { after: shapes.template },
  "template.retired": { before: shape({ name: text }) },
  "macro.saved": { after: shapes.template },
  "macro.retired": { before: shape({ name: text }) },
  /** Its owner or legal member found its contacts right. */
  "account.contacts_checked": {},
  "account.contacts_asked": {
    after: shape({ broadcastId: id, people: count, isReminder: shapes.yes }),
  },
  /** Whether it takes part in rehearsals of incident notices. */
  "account.rehearsals_set": { after: shape({ takes: shapes.yes }) },
  /** Nobody of it had opened a notice: its next contact was told. */
  "call.told_next": { subject: "account", after: call },
  /** Nor had they by any channel it was posted to: it was posted to the others that the account has. */
  "call.posted": { subject: "account", after: call },
  "call.opened": { subject: "account", after: call },
  "call.tried": {
    subject: "account",
    after: call.extend({ way: one(CALL_WAYS), result: one(CALL_RESULTS), note: text }),
  },
  /** Solved by itself; a try that reached the account says so itself. */
  "call.settled": { subject: "account", after: call },
  "unreached.found": { subject: "account", after: shape({ broadcastId: id }) },
  /** Without a note where it solved itself. */
  "unreached.settled": { subject: "account", after: shape({ broadcastId: id, note: optional }) },
} as const;
