import { eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { notices } from "@/db/schema";

import { person } from "../access/permissions";
import { uuid } from "../input";
import { verb } from "../verb";
import { affectedApps } from "./audience";
import { contentHash } from "./content";
import { measureAudience } from "./measure-audience";
import { assertConcernsSomebody, assertNoticeMove, assertSubmittable } from "./rules";
import { lockEditable } from "./save-notice";

/**
 * Hands a complete notice to a second person and fixes the one hash over content and audience, the
 * affected apps included. Submitting again takes up apps that have changed since. What an incident
 * says is told too, so its writers may not approve either.
 * @throws Invalid with every missing part at its field; Conflict when it moved on meanwhile
 */
export const submitNotice = verb({
  may: "notice.draft",
  input: z.object({ noticeId: uuid, revision: z.coerce.number().int() }),

  async run({ tx, actor, now, record }, input) {
    const subject = await lockEditable(tx, input);
    const { notice, incident } = subject;
    assertNoticeMove(notice.status, "in_review");
    assertSubmittable({ ...notice, incident, now });

    const visibility = incident?.visibility ?? notice.visibility;
    const apps = await affectedApps(tx, notice.audience);
    await keepApps(tx, notice.id, apps);
    const measured = await measureAudience(tx, {
      apps: sql`
        select k.app_id, p.account_id, '' as reason
        from notice_submissions s, unnest(s.app_ids) as k(app_id) join apps p on p.id = k.app_id
        where s.notice_id = ${notice.id}`,
      rule: notice.audience,
      contactsOnly: visibility === "restricted",
    });
    assertConcernsSomebody({ ...notice, visibility }, measured);

    const hash = contentHash(subject, measured.appsHash);
    await tx
      .update(notices)
      .set({
        status: "in_review",
        contentHash: hash,
        submittedAt: now,
        visibility,
        writerIds: [
          ...new Set([...notice.writerIds, ...(incident?.writerIds ?? []), person(actor).id]),
        ],
      })
      .where(eq(notices.id, notice.id));
    await record("notice.submitted", {
      subject: { type: "notice", id: notice.id },
      after: { contentHash: hash, apps: measured.apps, people: measured.people },
    });
    return { contentHash: hash, incidentNumber: incident?.number ?? null };
  },
});

/** Keeps the apps as they are now; `apps` is a statement of rows (app_id, …). */
async function keepApps(tx: Tx, noticeId: string, apps: SQL): Promise<void> {
  await tx.execute(sql`
    insert into notice_submissions (notice_id, app_ids)
    select ${noticeId}, coalesce(array_agg(app_id order by app_id), '{}') from (${apps}) as concerned
    on conflict (notice_id) do update set app_ids = excluded.app_ids`);
}
