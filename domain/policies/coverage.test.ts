import { expect, test } from "vitest";

import { giveAnswer } from "@/tests/support/answers";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import {
  givenInForce,
  givenMajorChange,
  givenSubmitted,
  MAJOR_CHANGE,
} from "@/tests/support/policies";

import { exportCoverage, readCoverage } from "./coverage";

const LATER = "2026-03-25 09:00";

async function givenAnswers() {
  const change = await givenMajorChange();
  const { next, productId } = change;
  const [yes, no, silent] = [
    await givenAccount({ productId }),
    await givenAccount({ productId }),
    await givenAccount({ productId, apiOnly: true }),
  ];
  await givenAccount();
  const receipt = await giveAnswer(await givenMember(yes.id, "owner"), next, { accountId: yes.id });
  await giveAnswer(await givenMember(no.id, "legal"), next, {
    accountId: no.id,
    answer: "disagreed",
    reason: "不同意",
  });
  return { ...change, yes, no, silent, receipt };
}

test("P06: every account that integrates the product is counted, by SDK or by API alone", async () => {
  const { next, author } = await givenAnswers();

  const { totals, version } = await readCoverage(acting(author, LATER), { versionId: next.id });

  expect(totals).toEqual({ all: 3, acknowledged: 1, disagreed: 1 });
  expect(version).toMatchObject({ label: "2.0", asksForAnswers: true });
});

test("each account stands with its latest answer, its person and its receipt", async () => {
  const { next, author, yes, no, silent, receipt } = await givenAnswers();
  const { rows } = await readCoverage(acting(author, LATER), { versionId: next.id });
  const byId = new Map(rows.map((row) => [row.accountId, row]));

  expect(byId.get(yes.id)).toMatchObject({
    answer: "acknowledged",
    receiptNumber: receipt.receiptNumber,
    memberRole: "owner",
    answeredAt: receipt.answeredAt,
  });
  expect(byId.get(no.id)).toMatchObject({ answer: "disagreed", reason: "不同意" });
  expect(byId.get(silent.id)).toMatchObject({ answer: null, receiptNumber: null });
});

test("a filter shows one kind", async () => {
  const { next, author, yes, no, silent } = await givenAnswers();
  const shown = async (show: "unanswered" | "acknowledged" | "disagreed") => {
    const { rows } = await readCoverage(acting(author, LATER), { versionId: next.id, show });
    return rows.map(({ accountId }) => accountId);
  };

  expect(await shown("unanswered")).toEqual([silent.id]);
  expect(await shown("acknowledged")).toEqual([yes.id]);
  expect(await shown("disagreed")).toEqual([no.id]);
});

test("a long list is turned page by page, nobody twice and nobody missing", async () => {
  const { next, author, productId } = await givenMajorChange();
  for (let n = 0; n < 53; n += 1) await givenAccount({ productId });

  const first = await readCoverage(acting(author, LATER), { versionId: next.id });
  const second = await readCoverage(acting(author, LATER), {
    versionId: next.id,
    page: first.next!,
  });

  expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 3, null]);
  const ids = [...first.rows, ...second.rows].map(({ accountId }) => accountId);
  expect(new Set(ids).size).toBe(53);
});

test("a file gets the same rows in one go", async () => {
  const { next, author } = await givenAnswers();

  const page = await readCoverage(acting(author, LATER), { versionId: next.id });
  const file = await exportCoverage(acting(author, LATER), { versionId: next.id });

  expect(file.rows).toEqual(page.rows);
  expect(file.next).toBeNull();
});

test("a draft has no coverage", async () => {
  const desk = await givenInForce();
  const { id } = await givenSubmitted(desk, MAJOR_CHANGE);

  await expect(readCoverage(acting(desk.author, LATER), { versionId: id })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("developers do not see who else has answered", async () => {
  const { next, yes } = await givenAnswers();
  const owner = await givenMember(yes.id, "owner");

  for (const person of [owner, await givenStaff("handler")]) {
    await expect(readCoverage(acting(person, LATER), { versionId: next.id })).rejects.toMatchObject(
      { code: "not_allowed" },
    );
  }
});
