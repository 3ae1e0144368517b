import { expect, test } from "vitest";
import { z } from "zod";

import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import { recordLength } from "@/tests/support/record";

import { type RecordedStep, verb } from "../verb";
import { AUDIT_ACTIONS, subjectOf } from "./entries";

const id = crypto.randomUUID();

const leave = async (run: (step: RecordedStep) => Promise<void>) =>
  verb({ may: "staff.home", input: z.object({}), run })(
    acting(await givenStaff("author"), "2026-03-02 12:00"),
    {},
  );

test("every action is about something", () => {
  for (const action of AUDIT_ACTIONS) expect(subjectOf(action)).toBeTruthy();
  expect(subjectOf("reminder.sent")).toBe("version");
  expect(subjectOf("sign_in.failed")).toBe("sign_in");
});

test("an entry of another shape than its action's does not compile, and is refused with its verb", async () => {
  const before = await recordLength();
  const wrong = [
    // @ts-expect-error the name is missing
    leave(({ record }) => record("account.edited", { id, before: { name: "旧名" }, after: {} })),
    // @ts-expect-error a product has no colour
    leave(({ record }) => record("person.linked_identity", { id, after: { colour: "red" } })),
    // @ts-expect-error who signs out leaves nothing
    leave(({ record }) => record("person.signed_out", { id, after: { userAgent: "…" } })),
  ];
  for (const one of await Promise.allSettled(wrong)) expect(one.status).toBe("rejected");
  const row = { name: "新名", address: "a@crowd.example" };
  await expect(
    leave(({ record }) =>
      record("account.edited", { id, before: { name: "旧名" }, after: { ...row } }),
    ),
  ).rejects.toThrow('account.edited, after: ✖ Unrecognized key: "address"');
  expect(await recordLength()).toBe(before);
});
