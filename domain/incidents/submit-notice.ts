import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";

import { person } from "../access/permissions";
import { readersOfNotice } from "../broadcasts/audience";
import { Conflict } from "../errors";
import { uuid } from "../input";
import { assertSubmittable, submitDraft } from "../reviews/draft";
import { assertComplete } from "../reviews/rules";
import { verb } from "../verb";
import { appsFound } from "./audience";
import { contentHash } from "./content";
import { assertMayFollow } from "./follow-announcement";
import { lockNotice } from "./find";
import { measureAudience } from "./measure-audience";
import { mailBytes, noticeChecks, openNoticeChecks } from "./notice-checks";
import { NOTICE } from "./review-kind";
import { audienceMissing, missingForSubmission } from "./rules";

/**
 * Hands a complete notice to a second person and fixes the one hash over content and audience, the
 * affected apps included. Submitting again takes up apps that have changed since. What an incident
 * says is told too, so its writers may not approve either.
 * @throws Invalid with every missing part at its field; Conflict when it moved on meanwhile
 */
export const submitNotice = verb({
  may: "notice.draft",
  input: z.object({ noticeId: uuid, revision: z.coerce.number().int(), mails: mailBytes }),

  async run(step, input) {
    const { tx, now } = step;
    const subject = await lockNotice(tx, input.noticeId);
    const { notice, incident } = subject;
    if (incident?.status === "false_alarm") throw new Conflict("notices.errors.falseAlarm");
    await assertMayFollow(tx, subject);
    assertSubmittable(NOTICE, notice, input.revision);
    const visibility = incident?.visibility ?? notice.visibility;
    const apps = await appsFound(tx, notice);
    await keepApps(tx, notice.id, apps);
    const measured = await measureAudience(tx, {
      apps: sql`
        select k.app_id, p.account_id, '' as reason
        from notice_submissions s, unnest(s.app_ids) as k(app_id) join apps p on p.id = k.app_id
        where s.notice_id = ${notice.id}`,
      rule: notice.audience,
      readers: readersOfNotice(notice, visibility),
    });
    const checks = await noticeChecks(tx, { subject, apps, mails: input.mails, now });
    const missing = {
      ...missingForSubmission({ ...notice, incident, now }),
      ...audienceMissing({ ...notice, visibility }, measured),
      ...openNoticeChecks(checks),
    };
    assertComplete(missing, NOTICE.refusals.incomplete);

    const hash = contentHash(subject, measured.appsHash);
    const writers = [...notice.writerIds, ...(incident?.writerIds ?? []), person(step.actor).id];
    await submitDraft(step, NOTICE, {
      draft: notice,
      contentHash: hash,
      own: { visibility, writerIds: [...new Set(writers)] },
    });
    await step.record("notice.submitted", {
      id: notice.id,
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
