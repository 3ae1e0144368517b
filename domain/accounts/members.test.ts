import { expect, test } from "vitest";

import { acting } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { recordLength, recordOf } from "@/tests/support/record";

import { listMembers } from "./list-members";
import { removeMember } from "./remove-member";
import { saveMember } from "./save-member";

const NOON = "2026-03-02 12:00";
const LATER = "2026-03-03 09:00";

async function givenOffice() {
  const [account, admin] = [await givenAccount(), await givenStaff("admin")];
  const read = async () => {
    const { rows: members } = await listMembers(acting(admin, NOON), { accountId: account.id });
    return members;
  };
  const save = (values: Partial<Parameters<typeof saveMember>[1]>, at = NOON) =>
    saveMember(acting(admin, at), {
      accountId: account.id,
      email: "lin.yue@xinglan.example",
      name: "林悦",
      role: "member",
      ...values,
    });
  return { account, admin, read, save };
}

test("a new address enters a person, and it is on record without name and address", async () => {
  const { account, read, save } = await givenOffice();

  const { id } = await save({ email: " New.Person＠Xinglan.example ", name: "林悦", locale: "en" });

  expect(await read()).toMatchObject([
    { id, email: "new.person@xinglan.example", name: "林悦", role: "member", locale: "en" },
  ]);
  expect(await recordOf(id)).toEqual(["member.saved"]);
  expect(account.id).toBeTruthy();
});

test("whoever is known keeps their language and joins as the same person", async () => {
  const { read, save } = await givenOffice();
  const other = await givenOffice();
  await save({ email: "one@xinglan.example", locale: "en" });

  await other.save({ email: "one@xinglan.example", locale: "zh-CN", role: "legal" });

  const [[here], [there]] = [await read(), await other.read()];
  expect(there).toMatchObject({ userId: here!.userId, locale: "en", role: "legal" });
});

test("saving what is there changes nothing and records nothing", async () => {
  const { save } = await givenOffice();
  const { id } = await save({});
  const before = await recordLength();

  expect(await save({})).toEqual({ id });

  expect(await recordLength()).toBe(before);
});

test("role and name are changed", async () => {
  const { read, save } = await givenOffice();
  const { id } = await save({ email: "two@xinglan.example" });

  await save({ email: "two@xinglan.example", role: "legal", name: "林月" });

  expect(await read()).toMatchObject([{ id, role: "legal", name: "林月" }]);
  expect(await recordOf(id)).toEqual(["member.saved", "member.saved"]);
});

test("adding somebody who is a member already is refused, not taken for a change", async () => {
  const { read, save } = await givenOffice();
  await save({ email: "three@xinglan.example", role: "owner" });

  const adding = save({ email: "three@xinglan.example", role: "viewer", asNew: true });

  await expect(adding).rejects.toMatchObject({
    fields: { email: ["accounts.errors.memberKnown"] },
  });
  expect(await read()).toMatchObject([{ role: "owner" }]);
});

test("adding a known person under another name says who is known", async () => {
  await (await givenOffice()).save({ email: "four@xinglan.example", name: "周明" });
  const { read, save } = await givenOffice();

  const adding = save({ email: "four@xinglan.example", name: "周名", asNew: true });

  await expect(adding).rejects.toMatchObject({
    messageKey: "accounts.errors.knownAs",
    values: { name: "周明" },
    fields: { name: ["accounts.errors.otherName"] },
  });
  expect(await read()).toEqual([]);
});

test("a membership ends and can begin again", async () => {
  const { admin, read, save } = await givenOffice();
  const { id } = await save({ email: "five@xinglan.example" });

  await removeMember(acting(admin, LATER), { memberId: id });
  expect(await read()).toMatchObject([{ id, leftAt: new Date("2026-03-03T01:00:00Z") }]);
  await save({ email: "five@xinglan.example", role: "viewer" }, "2026-03-04 10:00");

  expect(await read()).toMatchObject([
    { id, role: "viewer", leftAt: null, joinedAt: new Date("2026-03-04T02:00:00Z") },
  ]);
  expect(await recordOf(id)).toEqual(["member.saved", "member.removed", "member.saved"]);
});

test("ending a membership twice is harmless", async () => {
  const { admin, read, save } = await givenOffice();
  const { id } = await save({ email: "six@xinglan.example" });
  const end = (at: string) => removeMember(acting(admin, at), { memberId: id });

  await Promise.all([end(NOON), end(NOON)]);
  await end(LATER);

  expect(await read()).toMatchObject([{ leftAt: new Date("2026-03-02T04:00:00Z") }]);
  expect(await recordOf(id)).toEqual(["member.saved", "member.removed"]);
});

test("the last owner is neither removed nor made something else", async () => {
  const { admin, read, save } = await givenOffice();
  const { id } = await save({ email: "seven@xinglan.example", role: "owner" });
  const refusal = { code: "conflict", messageKey: "accounts.errors.lastOwner" };

  await expect(removeMember(acting(admin, NOON), { memberId: id })).rejects.toMatchObject(refusal);
  await expect(save({ email: "seven@xinglan.example", role: "legal" })).rejects.toMatchObject(
    refusal,
  );

  expect(await read()).toMatchObject([{ role: "owner", leftAt: null }]);
  expect(await recordOf(id)).toEqual(["member.saved"]);
});

test("of two owners one may go, also when both are removed at the same moment", async () => {
  const { account, admin, read } = await givenOffice();
  await givenMember(account.id, "owner");
  await givenMember(account.id, "owner");
  const [one, other] = await read();

  const results = await Promise.allSettled(
    [one, other].map((owner) => removeMember(acting(admin, NOON), { memberId: owner!.id })),
  );

  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await read()).filter(({ leftAt }) => leftAt === null)).toHaveLength(1);
});

test("only administrators change members, and a refusal leaves no trace", async () => {
  const { account, read, save } = await givenOffice();
  const { id } = await save({ email: "eight@xinglan.example" });
  const others = [
    await givenStaff("author", "support", "auditor"),
    await givenMember(account.id, "owner"),
  ];
  const before = await recordLength();

  for (const actor of others) {
    await expect(removeMember(acting(actor, NOON), { memberId: id })).rejects.toMatchObject({
      code: "not_allowed",
    });
    await expect(
      saveMember(acting(actor, NOON), {
        accountId: account.id,
        email: "eight@xinglan.example",
        name: "林悦",
        role: "owner",
      }),
    ).rejects.toMatchObject({ code: "not_allowed" });
  }
  expect((await read()).find((member) => member.id === id)).toMatchObject({ role: "member" });
  expect(await recordLength()).toBe(before);
});

test.each([
  ["email", { email: '"lin"@xinglan.example' }],
  ["email", { email: "lin@xinglan.example,eve@evil.example" }],
  ["name", { name: " " }],
  ["name", { name: "林\u0000悦" }],
  ["name", { name: "长".repeat(81) }],
])("a bad %s is named and nothing is stored", async (field, values) => {
  const { read, save } = await givenOffice();

  await expect(save(values)).rejects.toMatchObject({
    code: "invalid",
    fields: { [field]: expect.arrayContaining([expect.stringMatching(/^errors\.field\./)]) },
  });
  expect(await read()).toEqual([]);
});
