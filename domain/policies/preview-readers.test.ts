import { expect, test } from "vitest";

import { acting } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenDraft, givenInForce } from "@/tests/support/policies";

import { listVersionReaders } from "./preview-readers";

const NOON = "2026-03-02 12:00";

async function given() {
  const desk = await givenInForce();
  const { id: versionId } = await givenDraft(desk, { label: "2.0", effectiveDate: "2026-06-01" });
  const [one, other] = [
    await givenAccount({ productId: desk.productId }),
    await givenAccount({ productId: desk.productId }),
  ];
  const owner = await givenMember(one.id, "owner");
  await givenMember(other.id, "legal", { also: owner });
  await givenMember(one.id, "viewer");
  return { ...desk, versionId, one, other, owner, author: acting(desk.author, NOON) };
}

test("whoever of an account would be told is offered, with all their accounts and apps as their own mail names them", async () => {
  const { author, versionId, one, other, owner } = await given();
  const readers = await listVersionReaders(author, { versionId, uin: one.uin });
  expect(readers).toHaveLength(2);
  const both = [one, other].toSorted((a, b) => (a.uin < b.uin ? -1 : 1));
  expect(readers.find(({ id }) => id === owner.id)).toMatchObject({
    name: owner.name,
    account: `${one.name} (${one.uin})`,
    accounts: both.map(({ name, uin }) => `${name} (${uin})`).join(", "),
  });
});

test("an account that would not be told has no readers, and neither has none", async () => {
  const { author, versionId } = await given();
  const stranger = await givenAccount({});
  for (const uin of [stranger.uin, "", "nobody"])
    expect(await listVersionReaders(author, { versionId, uin })).toEqual([]);
});

test("only who may read drafts looks with others' eyes", async () => {
  const { versionId, one, owner } = await given();
  for (const person of [owner, await givenStaff("support")])
    await expect(
      listVersionReaders(acting(person, NOON), { versionId, uin: one.uin }),
    ).rejects.toMatchObject({ code: "not_allowed" });
});
