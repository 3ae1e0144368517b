import { z } from "zod";

import { askDeferrals } from "@/db/schema";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import { daysBetween, shanghaiDay } from "@/lib/shanghai";

import { membershipIn, person } from "../access/permissions";
import { Conflict, Invalid } from "../errors";
import { calendarDate, uuid } from "../input";
import { verb } from "../verb";
import { lockVersion } from "./find";
import { pendingAnswers } from "./pending-answers";

/**
 * Puts an answer off to a chosen day before the version takes effect: until then neither popup nor
 * banner presses, and no reminder is sent; on that day whoever chose it is reminded. The question
 * stays among what waits. @throws Invalid for another day; Conflict where nothing is asked
 */
export const deferAnswer = verb({
  may: "policy.answer",
  input: z.object({ versionId: uuid, accountId: uuid, until: calendarDate() }),

  async run(step, { versionId, accountId, until }) {
    const { tx, actor, now, record, unchanged } = step;
    membershipIn(actor, accountId, BINDING_ROLES);
    const { version } = await lockVersion(tx, versionId, "share");
    const [ask] = (await pendingAnswers(step, { versionId, accountId })).rows;
    if (!ask) throw new Conflict("policies.errors.notOpenForAnswers");
    if (ask.state === "deferred" && ask.deferredUntil === until) return unchanged();
    const { effectiveDate } = version;
    const today = shanghaiDay(now);
    if (!effectiveDate || daysBetween(today, until) < 1 || daysBetween(until, effectiveDate) < 1)
      throw new Invalid("errors.form", { until: ["policies.errors.deferralDay"] });
    await tx
      .insert(askDeferrals)
      .values({ versionId, accountId, until, userId: person(actor).id, deferredAt: now });
    await record("ask.deferred", { id: accountId, after: { versionId, until } });
  },
});
