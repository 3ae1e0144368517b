import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts } from "@/db/schema";
import { acting, beijing } from "@/tests/support/context";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  submitted,
} from "@/tests/support/notices";
import { givenStaff } from "@/tests/support/people";
import { resetDatabase } from "@/tests/support/reset-database";
import { noticeLookWords } from "@/wording/notice-look";
import { waveStoppedWords } from "@/wording/wave-stopped";

import { FACTS } from "./broadcasts/facts";
import { asJob } from "./context";
import { alarmUnseen } from "./incidents/alarm-unseen";
import { listAccountIncidents } from "./incidents/list-account-incidents";
import { sendNoticeAlone } from "./incidents/send-alone";

const LATER = "2026-11-20 12:00";
beforeEach(resetDatabase);

/** A rehearsal of the gravest grade, whose notice one person has sent alone. */
async function givenSentAlone() {
  const desk = { ...(await givenNoticeDesk()), author: await givenStaff("author", "responder") };
  const { account } = await givenAffected(desk.productId, {});
  for (let one = 0; one < 9; one += 1) await givenAffected(desk.productId, {});
  const incident = await givenIncident(desk, { isRehearsal: true, severity: "very_major" });
  const draft = await givenNotice(desk, {
    ...{ incidentId: incident.id, audience: { accountIds: [account.id] } },
  });
  const { id: noticeId, contentHash } = await submitted(desk, draft);
  await sendNoticeAlone(acting(desk.author, LATER), {
    ...{ noticeId, contentHash, reason: "演练一人发出", typedPeople: 1 },
  });
  return { account, incident };
}

const MARKED = Array(2).fill(expect.stringMatching(/^【演练】/));

test("a rehearsal is no alarm to who works here: mails that ask for a look at it say first that it is one", async () => {
  await givenSentAlone();
  await alarmUnseen(asJob("alarm-unseen", beijing("2026-11-20 12:31")), {});
  const looks = await db.select().from(broadcasts).where(eq(broadcasts.kind, "notice_look"));
  expect(looks).toHaveLength(2);
  for (const { facts } of looks) {
    const { title, lead } = noticeLookWords(FACTS.notice_look.parse(facts), "zh-CN");
    expect([title, lead]).toEqual(MARKED);
  }
});

test("so does the mail that its first wave has stopped", () => {
  const which = { broadcastId: "b", incidentNumber: "E-2026-000001", sequence: 1 };
  const figures = { first: 20, rest: 80, mails: 20, heard: 20 };
  const counts = { bounced: 5, refused: 0, complained: 0 };
  const facts = { ...which, ...figures, ...counts, cause: "bounced", rehearsal: true } as const;
  const { title, lead } = waveStoppedWords(FACTS.wave_stopped.parse(facts), "zh-CN");
  expect([title, lead]).toEqual(MARKED);
});

test("support reads among an account's incidents which are rehearsals", async () => {
  const { account, incident } = await givenSentAlone();
  const support = acting(await givenStaff("support"), LATER);
  const { rows } = await listAccountIncidents(support, { accountId: account.id });
  expect(rows).toMatchObject([{ number: incident.number, isRehearsal: true }]);
});
