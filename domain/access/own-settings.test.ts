import { expect, test } from "vitest";

import { STAFF_ROLES } from "@/db/vocabulary/access";
import { ANONYMOUS } from "@/domain/context";
import { acting, beijing } from "@/tests/support/context";
import { givenPerson } from "@/tests/support/people";
import { recordLength, recordOf } from "@/tests/support/record";

import { GRANTS } from "./permissions";
import { changeOwnSettings, readOwnSettings } from "./own-settings";

const NOON = "2026-03-02 12:00";
const THE_USUAL = {
  locale: "zh-CN",
  showsAddress: true,
  mails: { announcements: "at_once", minor_changes: "at_once" },
  pushes: { announcements: true, minor_changes: true, requests: true },
} as const;
const CHOSEN = {
  locale: "en",
  showsAddress: false,
  mails: { announcements: "daily", minor_changes: "never" },
  pushes: { announcements: false, minor_changes: true, requests: false },
} as const;

test("P23: a person changes their own language, mails, browsers and visibility, and each is on record", async () => {
  const [person, other] = [await givenPerson("林悦"), await givenPerson("陆远")];
  const ctx = acting(person, NOON);
  expect(await readOwnSettings(ctx, {})).toEqual(THE_USUAL);

  await changeOwnSettings(ctx, CHOSEN);

  expect(await readOwnSettings(ctx, {})).toEqual(CHOSEN);
  expect(await recordOf(person.id)).toEqual([
    ...["person.changed_mails", "person.changed_visibility", "person.changed_language"],
    "person.changed_mails",
  ]);
  expect(await readOwnSettings(acting(other, NOON), {})).toMatchObject({ locale: "zh-CN" });
});

test("saving what is there records nothing; a language that is none is refused at its field", async () => {
  const person = await givenPerson("林悦");
  const before = await recordLength();

  await changeOwnSettings(acting(person, NOON), THE_USUAL);
  await expect(
    changeOwnSettings(acting(person, NOON), {
      ...{ ...THE_USUAL, locale: "fr" as never },
    }),
  ).rejects.toMatchObject({ fields: { locale: ["errors.field.required"] } });

  expect(await recordLength()).toBe(before);
});

test("who is not signed in has no settings", async () => {
  const nobody = { actor: ANONYMOUS, now: beijing(NOON) };
  await expect(readOwnSettings(nobody, {})).rejects.toMatchObject({ code: "not_allowed" });
});

test("P23: the settings say who sees what of a person, and it is what the permissions say", () => {
  expect(GRANTS["security.read"]).toEqual(["auditor", "admin"]);
  expect(GRANTS["audit.read"]).toEqual(["auditor", "admin"]);
  expect(GRANTS["request.read"]).toEqual(["handler", "auditor"]);
  expect(GRANTS["request.review"]).toEqual(["handler", "approver"]);
  expect(GRANTS["request.readStatus"]).toContain("support");
  expect(STAFF_ROLES).toEqual(expect.arrayContaining([...GRANTS["broadcast.read"]]));
  expect(STAFF_ROLES).toEqual(expect.arrayContaining([...GRANTS["account.read"]]));
});
