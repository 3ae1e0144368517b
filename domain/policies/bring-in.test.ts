import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, policyVersions } from "@/db/schema";
import { acting, beijing } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import {
  type Desk,
  givenApproved,
  givenDesk,
  givenInForce,
  versionNow,
} from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";
import { hashOf } from "@/lib/hash";
import { shanghaiMidnight } from "@/lib/shanghai";

import { ANONYMOUS } from "../context";
import type { Invalid } from "../errors";
import { bringInVersion, compareLabels } from "./bring-in";
import { draftVersion } from "./draft";
import { editVersion } from "./edit";
import { findVersion } from "./find-version";
import { readCopy } from "./read-copy";
import { compareVersions, readVersion } from "./read";
import { approveVersion, rejectVersion } from "./review";

const AT = "2026-02-01 10:00";
const STRANGER = { actor: ANONYMOUS, now: beijing("2026-02-02 10:00") };

type Old = { label: string; publishedOn?: string; effectiveDate: string; text?: string };

const old = (desk: Desk, { label, effectiveDate, publishedOn = effectiveDate, text }: Old) => ({
  ...{ documentId: desk.documentId, label, publishedOn, effectiveDate },
  provenance: "取自官网存档，法务部核对",
  changes: "首次公布\n写明保存期限",
  files: {
    "zh-CN": {
      fileName: `${label}.md`,
      bytes: new TextEncoder().encode(text ?? `# 一、引言\n\n${label} 版。\n`),
    },
  },
});

async function broughtIn(desk: Desk, one: Old) {
  const { id } = await bringInVersion(acting(desk.author, AT), old(desk, one));
  const { contentHash } = await versionNow(id);
  await approveVersion(acting(desk.approver, AT), {
    ...{ versionId: id, contentHash: contentHash ?? "" },
  });
  return versionNow(id);
}

test("P44: old versions come in with their true days and where they are from, are hashed, public and compared, and tell nobody", async () => {
  const desk = await givenInForce();
  const second = await broughtIn(desk, { label: "0.9", effectiveDate: "2025-03-01" });
  const first = await broughtIn(desk, {
    ...{ label: "0.2", effectiveDate: "2024-01-10", publishedOn: "2024-01-01" },
  });
  expect(first).toMatchObject({
    ...{ status: "archived", isMajor: false, publishedOn: "2024-01-01" },
    effectiveAt: shanghaiMidnight("2024-01-10"),
    archivedAt: shanghaiMidnight("2025-03-01"),
  });
  expect((await versionNow(second.id)).archivedAt).toEqual(desk.first.effectiveAt);
  expect(await db.$count(broadcasts, eq(broadcasts.subjectId, first.id))).toBe(0);
  expect(await recordOf(first.id)).toEqual([
    ...["version.brought_in", "version.approved", "version.archived"],
  ]);

  const wanted = { slug: desk.slug, locale: "zh-CN" as const };
  const { version, versions } = await readVersion(STRANGER, { ...wanted, label: "0.2" });
  expect(version.provenance).toBe("取自官网存档，法务部核对");
  expect(version.changes.map(({ text }) => text["zh-CN"])).toEqual(["首次公布", "写明保存期限"]);
  expect(versions.map(({ label }) => label)).toEqual(["1.0", "0.9", "0.2"]);
  const copy = await readCopy(STRANGER, { ...wanted, label: "0.2" });
  expect(hashOf(copy.content)).toBe(first.contentHash);
  expect(copy.state.announcedAt).toEqual(shanghaiMidnight("2024-01-01"));
  expect(copy.content).toMatchObject({ provenance: version.provenance, publishedOn: "2024-01-01" });
  const { diff } = await compareVersions(STRANGER, { ...wanted, label: "1.0", since: "0.2" });
  expect(diff.entries.length).toBeGreaterThan(0);
});

test("P44: the order of labels and days is checked, and nothing is older than the portal without a version of its own", async () => {
  const desk = await givenInForce();
  await broughtIn(desk, { label: "0.9", effectiveDate: "2025-03-01" });
  const refusal = (one: Old) =>
    bringInVersion(acting(desk.author, AT), old(desk, one)).catch((error: Invalid) => error.fields);
  const because = (field: string, reason: string) => ({ [field]: [`policies.errors.${reason}`] });
  expect(
    await refusal({ label: "0.8", effectiveDate: "2024-01-10", publishedOn: "2024-01-11" }),
  ).toEqual(because("publishedOn", "archive.publishedLater"));
  expect(await refusal({ label: "0.95", effectiveDate: "2026-01-05" })).toEqual(
    because("effectiveDate", "archive.notOlder"),
  );
  expect(await refusal({ label: "0.8", effectiveDate: "2025-03-01" })).toEqual(
    because("effectiveDate", "archive.sameDay"),
  );
  expect(await refusal({ label: "0.10", effectiveDate: "2024-03-01" })).toEqual(
    because("label", "archive.labelOrder"),
  );
  expect(await refusal({ label: "0.9", effectiveDate: "2024-03-01" })).toEqual(
    because("label", "labelTaken"),
  );
  expect(compareLabels("2024-03", "2024-10")).toBeLessThan(0);
  const empty = await givenDesk();
  await expect(
    bringInVersion(
      acting(empty.author, AT),
      old(empty, { label: "0.1", effectiveDate: "2024-01-01" }),
    ),
  ).rejects.toMatchObject({ messageKey: "policies.errors.archive.noneYet" });
});

test("P44: another person approves it; turned down it is dropped, and it stands in nobody's way", async () => {
  const desk = await givenInForce();
  const ctx = acting(desk.author, AT);
  const { id } = await bringInVersion(
    ctx,
    old(desk, { label: "0.5", effectiveDate: "2024-05-01" }),
  );
  const { contentHash, revision } = await versionNow(id);
  const seen = { versionId: id, contentHash: contentHash ?? "" };
  const both = acting(await givenStaff("approver", "author"), AT);
  const next = await draftVersion(both, { documentId: desk.documentId, label: "2.0" });
  expect(next.status).toBe("draft");
  expect(await findVersion(ctx, { versionId: id })).toMatchObject({ checks: [], previous: null });
  await expect(
    editVersion(ctx, {
      ...{ versionId: id, revision, label: "0.5", effectiveDate: "2030-01-01" },
      ...{ affectsEndUsers: false, changes: [], majorAnswers: {}, texts: { "zh-CN": "改" } },
    }),
  ).rejects.toMatchObject({ code: "conflict" });
  const approver = acting(desk.approver, AT);
  await rejectVersion(approver, { ...seen, reason: "文件不是当时的版本" });
  expect(await versionNow(id)).toMatchObject({ status: "discarded" });
  await broughtIn(desk, { label: "0.5", effectiveDate: "2024-05-01" });

  const writer = await givenStaff("author", "approver");
  const own = await bringInVersion(
    acting(writer, AT),
    old(desk, { label: "0.4", effectiveDate: "2024-04-01" }),
  );
  const its = await versionNow(own.id);
  await expect(
    approveVersion(acting(writer, AT), { versionId: own.id, contentHash: its.contentHash ?? "" }),
  ).rejects.toMatchObject({ code: "conflict" });
  await expect(
    db.update(policyVersions).set({ status: "in_force" }).where(eq(policyVersions.id, own.id)),
  ).rejects.toThrow();
});

test("the day and the source of an old version never change once it is archived", async () => {
  const desk = await givenInForce();
  const { id } = await broughtIn(desk, { label: "0.5", effectiveDate: "2024-05-01" });
  for (const change of [{ provenance: "别处" }, { publishedOn: "2020-01-01" }])
    await expect(
      db.update(policyVersions).set(change).where(eq(policyVersions.id, id)),
    ).rejects.toThrow();
  await givenApproved(desk, { label: "2.0", effectiveDate: "2026-03-01", at: AT });
});
