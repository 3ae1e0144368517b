import { z } from "zod";

import { INCIDENT_STATUSES, SEVERITIES } from "@/db/vocabulary/incidents";

import { mayAskOf } from "../access/tokens";
import { FACTS } from "../broadcasts/facts";
import { query } from "../query";
import { readRows } from "../rows";
import { sameAdvice } from "./advice";
import { reasonForOwners } from "./audience-reason";
import { currentOf } from "./published-notices";

const noticeRow = z.object({
  id: z.string(),
  correctsId: z.string().nullable(),
  facts: FACTS.incident_notice,
  status: z.enum(INCIDENT_STATUSES),
  /** What of the app puts it in ("android 8.1.0"); null where the notice does not concern it. */
  reason: z.string().nullable(),
  done: z.array(z.int()),
});
type Notice = z.output<typeof noticeRow>;

export const appIncident = z.object({
  number: z.string(),
  severity: z.enum(SEVERITIES),
  status: z.enum(INCIDENT_STATUSES),
  affected: z.string(),
  isRequired: z.boolean(),
  items: z.int(),
  done: z.int(),
});
export type AppIncident = z.output<typeof appIncident>;

/**
 * For a pipeline: the incidents that are neither closed nor false alarms and concern an app by the notice that holds now, with
 * what of it is affected and how much of the advice is done. Restricted ones are left out, for those are told
 * to security contacts alone, and rehearsals: no build is to stop at what did not happen.
 */
export const listAppIncidents = query({
  may: "app.readCompliance",
  input: z.object({ sdkAppId: z.string().max(40) }),

  async run({ db, actor }, { sdkAppId }): Promise<AppIncident[]> {
    const notices = await readRows(db, noticeRow)`
      with app as (
        select p.id from apps p where p.sdk_app_id = ${sdkAppId} and p.closed_at is null and ${mayAskOf(actor)}
      )
      select n.id, n.corrects_id as "correctsId", n.facts, i.status, g.reason, array(
        select d.item from advice_done d, app where d.notice_id = n.id and d.app_id = app.id
      ) as done
      from notices n
      join incidents i on i.id = n.incident_id and i.status not in ('closed', 'false_alarm')
        and not i.is_rehearsal
      left join notice_targets g on g.notice_id = n.id and g.app_id = (select id from app)
      where n.status = 'published' and n.visibility <> 'restricted' and n.incident_id = any(array(
        select t.incident_id from notice_targets x join notices t on t.id = x.notice_id, app
        where x.app_id = app.id and t.incident_id is not null
      ))
      order by n.incident_id, n.sequence`;
    const numbers = [...new Set(notices.map(({ facts }) => facts.incidentNumber))];
    return numbers.flatMap((number) =>
      standingOf(notices.filter(({ facts }) => facts.incidentNumber === number)),
    );
  },
});

function standingOf(notices: readonly Notice[]): AppIncident[] {
  const current = currentOf(notices);
  if (!current?.reason) return [];
  const { incidentNumber: number, severity, parts } = current.facts;
  const done = parts.adviceDevelopers.filter((_, item) =>
    sameAdvice(notices, { notice: current, item }).some((place) =>
      notices.some(({ id, done: ticked }) => id === place.noticeId && ticked.includes(place.item)),
    ),
  );
  return [
    {
      ...{ number, severity, status: current.status, affected: reasonForOwners(current.reason) },
      isRequired: parts.actionability === "required",
      items: parts.adviceDevelopers.length,
      done: done.length,
    },
  ];
}
