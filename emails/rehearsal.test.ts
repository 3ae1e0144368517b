import { expect, test } from "vitest";

import { localized } from "@/lib/localized";
import { translator } from "@/messages/translator";
import { markedIn } from "@/wording/incident-notice";

import { SAMPLE_INCIDENT, SAMPLE_SENDER } from "./_components/samples";
import { renderBroadcastMail } from "./render";

test.each([
  ["zh-CN", "【演练】"],
  ["en", "[Rehearsal]"],
] as const)("a rehearsal begins with its mark in subject and text: %s", async (locale, mark) => {
  const facts = { ...SAMPLE_INCIDENT, rehearsal: true as const };
  const mail = await renderBroadcastMail(
    { kind: "incident_notice", facts },
    { ...SAMPLE_SENDER, locale },
  );
  const real = await renderBroadcastMail(
    { kind: "incident_notice", facts: SAMPLE_INCIDENT },
    { ...SAMPLE_SENDER, locale },
  );
  expect(mail.subject.startsWith(mark)).toBe(true);
  expect(mail.subject.split(mark)).toHaveLength(2);
  expect(mail.text.indexOf(mark)).toBeLessThan(40);
  expect(mail.text.split(mark).length).toBeGreaterThan(3);
  const passOn = translator(locale, "notices")("told.adviceEndUsersNote");
  expect([mail.text.includes(passOn), real.text.includes(passOn)]).toEqual([false, true]);
  expect(mail.text).toContain(
    markedIn(facts, localized(SAMPLE_INCIDENT.parts.adviceEndUsers, locale).text, locale),
  );
  expect(real.text + real.subject).not.toContain(mark);
});
