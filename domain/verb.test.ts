import { expect, test } from "vitest";
import { z } from "zod";

import { db } from "@/db/client";
import { users } from "@/db/schema";
import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";

import { type RecordedStep, verb } from "./verb";

/** What a verb of these steps ends with, and whether the person it enters is there afterwards. */
async function tryVerb(run: (step: RecordedStep, write: () => Promise<void>) => Promise<unknown>) {
  const ctx = acting(await givenStaff("author"), "2026-11-20 12:00");
  const email = `${crypto.randomUUID()}@crowd.example`;
  const attempt = verb({
    may: "staff.home",
    input: z.object({}),
    run: (step) =>
      run(step, async () => {
        await step.tx.insert(users).values({ email, name: email, createdAt: step.now });
      }),
  });
  const end = await attempt(ctx, {}).then(() => "done", String);
  const people = await db.select({ email: users.email }).from(users);
  return { end, isWritten: people.some((one) => one.email === email) };
}

const entry = { id: crypto.randomUUID() } as const;

test("a change without an entry is undone", async () => {
  const { end, isWritten } = await tryVerb((_step, write) => write());
  expect(end).toMatch("staff.home: changed state without an audit entry");
  expect(isWritten).toBe(false);
});

test("a verb that says nothing changed has written nothing, before or after", async () => {
  const said = "staff.home: said that nothing changed, and wrote";
  const before = await tryVerb(async ({ unchanged }, write) => {
    await write();
    unchanged();
  });
  const after = await tryVerb(({ unchanged }, write) => unchanged(write()));
  const nothing = await tryVerb(async ({ unchanged }) => unchanged());
  for (const { end, isWritten } of [before, after]) {
    expect(end).toMatch(said);
    expect(isWritten).toBe(false);
  }
  expect(nothing.end).toBe("done");
});

test("an entry does not follow on nothing changed, nor the other way round", async () => {
  const late = await tryVerb(async ({ unchanged, record }) => {
    unchanged();
    await record("person.created", entry);
  });
  const early = await tryVerb(async ({ unchanged, record }, write) => {
    await write();
    await record("person.created", entry);
    unchanged();
  });
  expect(late.end).toMatch("recorded, after it was unchanged");
  expect(early.end).toMatch("unchanged, after it was recorded");
});

test("a verb that leaves all to another has changed nothing itself", async () => {
  const { end, isWritten } = await tryVerb(async (step, write) => {
    await verb({
      may: "staff.home",
      input: z.object({}),
      async run({ record }) {
        await write();
        await record("person.created", entry);
      },
    })(step, {});
    step.unchanged();
  });
  expect(end).toBe("done");
  expect(isWritten).toBe(true);
});
