import { z } from "zod";

import { ADVISED_ROLES } from "@/db/vocabulary/access";
import { setting } from "@/lib/env";
import { shanghaiDay } from "@/lib/shanghai";

import { startBroadcast } from "../broadcasts/start";
import { NotFound } from "../errors";
import { uuid } from "../input";
import { query } from "../query";
import { readRow, readRows } from "../rows";
import { verb } from "../verb";
import { lockVersion, versionTitles } from "./find";
import { accountsByTask } from "./own-policy";

/** For so many days a step that nobody took on its day is made up for: a worker may have stood still. */
const MADE_UP_FOR = 3;

const dueRow = z.object({ id: z.string(), late: z.int(), sent: z.array(z.int()) });

/**
 * The versions that affect end users and came into force so many days ago (OWN_POLICY_DAYS) that who has
 * not said that their own policy was updated is to be reminded today, each with the step of the ladder.
 */
export const listOwnPoliciesToRemind = query({
  may: "policy.remindOwnPolicies",
  input: z.object({}),

  async run({ db, now }) {
    const ladder = setting("OWN_POLICY_DAYS") ?? [];
    if (ladder.length === 0) return [];
    const today = shanghaiDay(now);
    const rows = await readRows(db, dueRow)`
      select v.id, (${today}::date - (v.effective_at at time zone 'Asia/Shanghai')::date) as late,
        array(
          select (b.facts ->> 'days')::int from broadcasts b
          where b.subject_id = v.id and b.kind = 'own_policy_reminder'
        ) as sent
      from policy_versions v
      where v.affects_end_users and v.status in ('in_force', 'archived')
        and (v.effective_at at time zone 'Asia/Shanghai')::date
          >= ${today}::date - ${Math.max(...ladder) + MADE_UP_FOR}::int
      order by v.effective_at, v.id`;
    return rows.flatMap(({ id, late, sent }) => {
      const days = ladder.findLast((step) => step <= late && late < step + MADE_UP_FOR);
      return days === undefined || sent.includes(days) ? [] : [{ versionId: id, days }];
    });
  },
});

/**
 * Reminds, once for each step, who may say so of an account's apps: while one of these waits for it, and
 * not after (P40). A later version that affects end users covers the ones before.
 */
export const remindOwnPolicies = verb({
  may: "policy.remindOwnPolicies",
  input: z.object({ versionId: uuid, days: z.int().positive() }),

  async run(step, { versionId, days }) {
    const { tx, record, unchanged } = step;
    // Of two workers the second waits here, and finds the reminder of the first.
    const { version, document } = await lockVersion(tx, versionId);
    if (!version.effectiveAt) throw new NotFound("errors.notFound");
    const before = await readRow(tx, z.object({}))`
      select from broadcasts
      where subject_id = ${versionId} and kind = 'own_policy_reminder' and facts ->> 'days' = ${String(days)}`;
    const { waiting, others } = await accountsByTask(tx, {
      versionId,
      productId: document.productId,
    });
    if (before || waiting === 0) return unchanged();
    const told = await startBroadcast(step, {
      kind: "own_policy_reminder",
      subjectId: versionId,
      facts: {
        ...{ versionId, days, documentSlug: document.slug, label: version.label },
        documentTitle: versionTitles(version, document),
        effectiveAt: version.effectiveAt.toISOString(),
      },
      audience: {
        productId: document.productId,
        ...{ roles: ADVISED_ROLES, exceptAccountIds: others },
      },
    });
    const { id: broadcastId, people } = told;
    await record("reminder.own_policies", { id: versionId, after: { broadcastId, people, days } });
  },
});
