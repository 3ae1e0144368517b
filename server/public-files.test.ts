import { expect, test } from "vitest";

import { LOCALES } from "@/db/vocabulary/languages";
import { shanghaiDay } from "@/lib/shanghai";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenDesk, givenDraft, givenMajorChange, withdraw } from "@/tests/support/policies";

import { effectiveDates, incidentsFile, sitemap } from "./public-files";

/** The events of a calendar by their identity, each with its lines unfolded (RFC 5545, 3.1). */
function eventsOf(calendar: string): Map<string, string> {
  const events = calendar
    .replaceAll(/\r\n[ \t]/g, "")
    .split("BEGIN:VEVENT")
    .slice(1);
  return new Map(events.map((one) => [/UID:urn:uuid:(\S+)/.exec(one)?.[1] ?? "", one]));
}

test("P39: a calendar holds the day of each version, and what was withdrawn is cancelled there", async () => {
  const { first, next, ...desk } = await givenMajorChange();
  const before = await effectiveDates("zh-CN");
  const events = eventsOf(before.body);
  const day = shanghaiDay(next.effectiveAt ?? new Date(0)).replaceAll("-", "");
  expect(events.get(next.id)).toContain(`DTSTART;VALUE=DATE:${day}\r\n`);
  expect(events.get(next.id)).toContain("STATUS:CONFIRMED");
  expect(events.get(next.id)).toContain("重大变更生效");
  expect(events.get(first.id)).toMatch(/SUMMARY:生效|SUMMARY:重大变更生效/);
  expect(before.body).toBe((await effectiveDates("zh-CN")).body);

  await withdraw(desk, next);
  const after = await effectiveDates("en");
  expect(eventsOf(after.body).get(next.id)).toContain("STATUS:CANCELLED");
  expect(eventsOf(after.body).get(next.id)).toContain("SEQUENCE:1");
});

test("incidents as a file name what everybody may know, and where scanners find the rest", async () => {
  const desk = await givenNoticeDesk();
  await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  const open = await givenIncident(desk, { visibility: "public" });
  await published(desk, await givenNotice(desk, { incidentId: open.id }), { typedPeople: 1 });
  const hidden = await givenIncident(desk, { visibility: "affected" });
  await published(desk, await givenNotice(desk, { incidentId: hidden.id }), { typedPeople: 1 });

  const { body } = await incidentsFile("en");
  const file = JSON.parse(body) as { incidents: { number: string; advisories: object }[] };
  const shown = file.incidents.find(({ number }) => number === open.number);
  expect(Object.keys(shown?.advisories ?? {})).toEqual(["OSV", "CSAF 2.0"]);
  expect(body).not.toContain(hidden.number);
  const addresses = await (await sitemap()).text();
  expect(addresses).toContain(`/incidents/${open.number}</loc>`);
  expect(addresses).not.toContain(hidden.number);
});

test("the list of addresses has every public version in each language, and no draft", async () => {
  const { next } = await givenMajorChange();
  const draft = await givenDraft(await givenDesk(), { label: "9.9" });
  const addresses = await (await sitemap()).text();
  for (const locale of LOCALES)
    expect(addresses).toMatch(
      new RegExp(`<loc>[^<]*/${locale}/policies/[^<]+/${next.label}</loc>`),
    );
  expect(addresses).not.toContain(`/${draft.label}<`);
});
