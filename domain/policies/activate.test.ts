import { expect, test } from "vitest";
import { and, eq } from "drizzle-orm";

import { db } from "@/db/client";
import { policyVersions } from "@/db/schema";
import { acting, beijing } from "@/tests/support/context";
import { givenMajorChange, versionNow } from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { asJob } from "../context";
import { activateDueVersions } from "./activate";

const at = (moment: string) => asJob("activate-versions", beijing(moment));

test("P44: at midnight of its day a version comes into force and the one before it is archived", async () => {
  const { first, next } = await givenMajorChange();

  await activateDueVersions(at("2026-03-31 23:59"), {});
  expect((await versionNow(next.id)).status).toBe("scheduled");
  expect((await versionNow(first.id)).status).toBe("in_force");

  const due = await activateDueVersions(at("2026-04-01 00:00"), {});
  expect(due).toEqual([next.id]);
  expect(await versionNow(next.id)).toMatchObject({
    status: "in_force",
    inForceAt: beijing("2026-04-01 00:00"),
  });
  expect(await versionNow(first.id)).toMatchObject({
    status: "archived",
    archivedAt: beijing("2026-04-01 00:00"),
  });
  expect((await recordOf(next.id)).at(-1)).toBe("version.in_force");
  expect((await recordOf(first.id)).at(-1)).toBe("version.archived");
});

test("a job that slept catches up, and running it again changes nothing", async () => {
  const { next } = await givenMajorChange();

  await activateDueVersions(at("2026-04-09 08:00"), {});
  const record = await recordOf(next.id);
  expect(await activateDueVersions(at("2026-04-09 08:01"), {})).toEqual([]);

  expect(await recordOf(next.id)).toEqual(record);
});

test("two workers at the same midnight activate once", async () => {
  const { documentId, next } = await givenMajorChange();

  const both = await Promise.all([
    activateDueVersions(at("2026-04-01 00:00"), {}),
    activateDueVersions(at("2026-04-01 00:00"), {}),
  ]);

  expect(both.flat()).toEqual([next.id]);
  const inForce = await db.$count(
    policyVersions,
    and(eq(policyVersions.documentId, documentId), eq(policyVersions.status, "in_force")),
  );
  expect(inForce).toBe(1);
});

test("the database keeps one version in force and one ahead", async () => {
  const { documentId, first, author } = await givenMajorChange();
  const row = {
    documentId,
    authorId: author.id,
    writerIds: [author.id],
    createdAt: new Date(),
    updatedAt: new Date(),
  };

  await expect(
    db.insert(policyVersions).values({ ...row, label: "3.0", status: "draft" }),
  ).rejects.toMatchObject({ cause: { constraint: "policy_versions_one_ahead" } });
  await expect(
    db.insert(policyVersions).values({
      ...row,
      label: "3.1",
      status: "in_force",
      approvedBy: first.approvedBy,
      contentHash: first.contentHash,
      effectiveAt: new Date(),
      titleZh: first.titleZh,
      titleEn: first.titleEn,
    }),
  ).rejects.toMatchObject({ cause: { constraint: "policy_versions_one_in_force" } });
});

test("no person activates a version by hand", async () => {
  const { author, approver } = await givenMajorChange();

  for (const person of [author, approver]) {
    await expect(activateDueVersions(acting(person, "2026-04-01 00:00"), {})).rejects.toMatchObject(
      { code: "not_allowed" },
    );
  }
});
