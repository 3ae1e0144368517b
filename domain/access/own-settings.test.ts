import { expect, test } from "vitest";

import { ANONYMOUS } from "@/domain/context";
import { acting, beijing } from "@/tests/support/context";
import { givenPerson } from "@/tests/support/people";
import { recordLength, recordOf } from "@/tests/support/record";

import { changeOwnSettings, readOwnSettings } from "./own-settings";

const NOON = "2026-03-02 12:00";

test("a person changes their own language and announcement mails, and each is on record", async () => {
  const [person, other] = [await givenPerson("林悦"), await givenPerson("陆远")];
  const ctx = acting(person, NOON);
  expect(await readOwnSettings(ctx, {})).toEqual({ locale: "zh-CN", wantsAnnouncementMails: true });

  await changeOwnSettings(ctx, { locale: "en", wantsAnnouncementMails: false });

  expect(await readOwnSettings(ctx, {})).toEqual({ locale: "en", wantsAnnouncementMails: false });
  expect(await recordOf(person.id)).toEqual(["person.changed_language", "person.changed_mails"]);
  expect(await readOwnSettings(acting(other, NOON), {})).toMatchObject({ locale: "zh-CN" });
});

test("saving what is there records nothing; a language that is none is refused at its field", async () => {
  const person = await givenPerson("林悦");
  const before = await recordLength();

  await changeOwnSettings(acting(person, NOON), { locale: "zh-CN", wantsAnnouncementMails: true });
  await expect(
    changeOwnSettings(acting(person, NOON), {
      locale: "fr" as never,
      wantsAnnouncementMails: false,
    }),
  ).rejects.toMatchObject({ fields: { locale: ["errors.field.required"] } });

  expect(await recordLength()).toBe(before);
});

test("who is not signed in has no settings", async () => {
  const nobody = { actor: ANONYMOUS, now: beijing(NOON) };
  await expect(readOwnSettings(nobody, {})).rejects.toMatchObject({ code: "not_allowed" });
});
