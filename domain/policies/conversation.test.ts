import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { askMessages, staffRoles } from "@/db/schema";
import type { Person } from "@/domain/context";
import { Conflict, Invalid, NotAllowed, NotFound } from "@/domain/errors";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenMajorChange } from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { listInbox } from "../inbox/list";
import { listOwnConversations, readConversation, writeBack, writeToAccount } from "./conversation";
import { readCoverage } from "./coverage";

const AT = "2026-03-10 10:00";
const LATER = "2026-03-10 11:00";

async function givenSilent() {
  const { next, productId } = await givenMajorChange();
  const account = await givenAccount({ productId });
  const owner = await givenMember(account.id, "owner");
  const viewer = await givenMember(account.id, "viewer");
  const support = await givenStaff("support");
  return { owner, viewer, support, subject: { versionId: next.id, accountId: account.id } };
}

const told = async (person: Person) =>
  (await listInbox(acting(person, LATER), {})).rows.flatMap(({ told: { kind, facts } }) =>
    kind === "ask_message" ? [facts] : [],
  );

test("operations write to an account that is silent, it writes back; both read all of it and are told, without the words", async () => {
  const { owner, viewer, support, subject } = await givenSilent();
  await writeToAccount(acting(support, AT), { ...subject, body: "请在生效前答复。" });
  expect(await told(owner)).toMatchObject([{ side: "vendor", ...subject }]);
  expect(JSON.stringify(await told(owner))).not.toContain("生效前");
  expect(await told(viewer)).toEqual([]);

  await writeBack(acting(owner, LATER), { ...subject, body: "下周三之前答复。" });
  expect(await told(support)).toMatchObject([{ side: "account", ...subject }]);
  const { messages, state } = await readConversation(acting(support, LATER), subject);
  expect(state).toBe("waiting");
  expect(messages).toMatchObject([
    { side: "vendor", body: "请在生效前答复。" },
    { side: "account", author: owner.name, body: "下周三之前答复。" },
  ]);
  const { versionId, accountId } = subject;
  expect(await listOwnConversations(acting(owner, LATER), { versionId })).toEqual(messages);
  expect(await listOwnConversations(acting(viewer, LATER), { versionId })).toEqual([]);
  const { rows } = await readCoverage(acting(support, LATER), { versionId });
  expect(rows.find((row) => row.accountId === accountId)).toMatchObject({ messages: 2 });
  expect((await recordOf(accountId)).filter((action) => action === "ask.written")).toHaveLength(2);
});

test("nobody writes for an account that is not theirs to bind, nor first, nor nothing, nor without end", async () => {
  const { owner, viewer, support, subject } = await givenSilent();
  const { owner: stranger } = await givenSilent();
  const body = "您好";
  await expect(writeBack(acting(owner, AT), { ...subject, body })).rejects.toThrow(Conflict);
  await writeToAccount(acting(support, AT), { ...subject, body });
  await expect(writeBack(acting(viewer, LATER), { ...subject, body })).rejects.toThrow(NotAllowed);
  await expect(writeBack(acting(stranger, LATER), { ...subject, body })).rejects.toThrow(NotFound);
  await expect(
    writeToAccount(acting(await givenStaff("auditor"), AT), { ...subject, body }),
  ).rejects.toThrow(NotAllowed);
  await expect(writeBack(acting(owner, LATER), { ...subject, body: " \n" })).rejects.toThrow(
    Invalid,
  );
  for (let count = 0; count < 5; count += 1)
    await writeBack(acting(owner, LATER), { ...subject, body });
  await expect(writeBack(acting(owner, LATER), { ...subject, body })).rejects.toThrow(Conflict);
  const lone = await givenAccount({});
  await expect(
    writeToAccount(acting(support, AT), { ...subject, accountId: lone.id, body }),
  ).rejects.toThrow(Conflict);
  await expect(
    db.update(askMessages).set({ body: " " }).where(eq(askMessages.accountId, subject.accountId)),
  ).rejects.toThrow();
});

test("where who wrote works here no more, whoever may write in their place is told", async () => {
  const { owner, support, subject } = await givenSilent();
  await writeToAccount(acting(support, AT), { ...subject, body: "您好" });
  const colleague = await givenStaff("support");
  await db.delete(staffRoles).where(eq(staffRoles.userId, support.id));
  await writeBack(acting(owner, LATER), { ...subject, body: "您好" });
  expect(await told(support)).toEqual([]);
  expect(await told(colleague)).toMatchObject([{ side: "account", ...subject }]);
});
