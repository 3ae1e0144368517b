import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";

import { beijing } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";

import { resumeBroadcast } from "./broadcasts/resume";
import { decideGradeChange } from "./incidents/decide-grade-change";
import { confirmSending } from "./incidents/look-at-sending";
import { approveNotice } from "./incidents/review-notice";
import { sendNoticeAlone } from "./incidents/send-alone";
import { withdrawAnnouncement } from "./incidents/withdraw-announcement";
import { answerVersion } from "./policies/answer";
import { remindUnanswered } from "./policies/remind";
import { approveVersion } from "./policies/review";
import { waiveAnswer } from "./policies/waive";
import { withdrawVersion } from "./policies/withdraw";
import { approveDecision } from "./requests/review";
import { changeStaffRoles } from "./staff/change-roles";
import { confirmAdmin } from "./staff/decide-admin";
import { inviteStaff } from "./staff/invite-staff";
import { createToken } from "./tickets/create-token";
import { rotateToken } from "./tickets/rotate-token";

const BINDING: [act: string, verb: { fresh: boolean }][] = [
  ["approve a version", approveVersion],
  ["withdraw a version", withdrawVersion],
  ["approve and publish a notice", approveNotice],
  ["send a notice alone", sendNoticeAlone],
  ["find right what somebody sent alone", confirmSending],
  ["withdraw an announcement", withdrawAnnouncement],
  ["agree to another grade of an incident", decideGradeChange],
  ["approve an answer to a request, a refusal among them", approveDecision],
  ["answer for an account", answerVersion],
  ["waive an account's answer", waiveAnswer],
  ["remind who has not answered", remindUnanswered],
  ["go on with a broadcast", resumeBroadcast],
  ["invite staff", inviteStaff],
  ["give and take roles", changeStaffRoles],
  ["confirm an administrator", confirmAdmin],
  ["make a token", createToken],
  ["rotate a token", rotateToken],
];

test.each(BINDING)("to %s takes a factor proven within 15 minutes", (_, verb) => {
  expect(verb.fresh).toBe(true);
});

test("an open session alone makes no token; the same session with a factor just proven does", async () => {
  const admin = { ...(await givenStaff("admin")), sessionId: randomUUID() };
  const now = beijing("2026-03-02 09:16");
  const wish = { name: "工单系统", scopes: ["ticket_links" as const], expiresOn: "2026-06-01" };
  const provenAt = (time: string) => ({ ...admin, factorAt: beijing(`2026-03-02 ${time}`) });

  for (const actor of [provenAt("09:00"), { ...admin, signedInAt: beijing("2026-03-02 08:00") }])
    await expect(createToken({ actor, now }, wish)).rejects.toMatchObject({
      code: "not_allowed",
      messageKey: "access.errors.staleFactor",
    });
  expect(await createToken({ actor: provenAt("09:01"), now }, wish)).toMatchObject({
    name: "工单系统",
  });
});
