import { expect, test } from "vitest";

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
  expect(real.text + real.subject).not.toContain(mark);
});
