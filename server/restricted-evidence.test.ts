import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, incidentProposals } from "@/db/schema";
import { lookAtTelling } from "@/domain/evidence/look-back";
import { readEvidence } from "@/domain/evidence/take-evidence";
import { approveProposal } from "@/domain/incidents/decide-proposal";
import { proposeOfIncident } from "@/domain/incidents/propose";
import { freezeAll, prepareAll, renderPlainly, sendNextBatch } from "@/tests/support/broadcasts";
import { acting, beijing } from "@/tests/support/context";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenMember, givenStaff } from "@/tests/support/people";

const LATER = "2026-11-20 12:00";
const AFTER = "2026-11-20 13:00";
const REASON = "核实后确认是测试数据，没有外泄。";

test("P25: a restricted false alarm is read by support in no mail, and by no member who was not told", async () => {
  const desk = await givenNoticeDesk();
  const { app, account, owner } = await givenAffected(desk.productId, {
    platforms: { android: "8.0.0" },
  });
  const accountId = account.id;
  const viewer = await givenMember(accountId, "viewer");
  const { id } = await givenIncident(desk, { visibility: "restricted" });
  await published(
    desk,
    await givenNotice(desk, { incidentId: id, audience: { named: app.sdkAppId } }),
    { typedPeople: 1 },
  );
  await freezeAll(beijing(LATER));
  while ((await sendNextBatch(beijing(LATER))).length > 0);
  await proposeOfIncident(acting(desk.author, AFTER), {
    ...{ incidentId: id, what: "false_alarm", reason: REASON },
  });
  const [open] = await db
    .select()
    .from(incidentProposals)
    .where(eq(incidentProposals.incidentId, id));
  await approveProposal(acting(desk.approver, AFTER), { incidentId: id, proposalId: open!.id });
  await prepareAll(beijing(AFTER));
  await renderPlainly(beijing(AFTER));
  const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.subjectId, id));
  const broadcastId = broadcast?.id ?? "";

  const look = async (staff: "support" | "auditor") =>
    lookAtTelling(acting(await givenStaff(staff), AFTER), {
      ...{ of: "account", id: accountId, broadcastId },
    });
  expect(await look("support")).toMatchObject({ mails: [] });
  expect((await look("auditor")).mails.length).toBeGreaterThan(0);

  const about = { broadcastId, accountId };
  expect(JSON.stringify(await readEvidence(acting(owner, AFTER), about))).toContain(REASON);
  await expect(readEvidence(acting(viewer, AFTER), about)).rejects.toMatchObject({
    code: "not_found",
  });
});
