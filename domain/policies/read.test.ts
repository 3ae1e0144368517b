import { expect, test } from "vitest";

import { acting, beijing } from "@/tests/support/context";
import {
  givenApproved,
  givenDesk,
  givenDraft,
  givenInForce,
  givenMajorChange,
  givenSubmitted,
  MAJOR_CHANGE,
  untilInForce,
  withdraw,
} from "@/tests/support/policies";

import { ANONYMOUS } from "../context";
import { createDocument } from "./create-document";
import { findVersion } from "./find-version";
import { readLibrary } from "./library";
import { compareVersions, readVersion } from "./read";

const anybody = { actor: ANONYMOUS, now: beijing("2026-03-03 10:00") };
const zh = "zh-CN" as const;

test("P02: anybody reads the version in force, and the one that will follow it", async () => {
  const { slug, first, next } = await givenMajorChange();

  const current = await readVersion(anybody, { slug, locale: zh });
  const ahead = await readVersion(anybody, { slug, label: "2.0", locale: zh });

  expect(current.version.id).toBe(first.id);
  expect(ahead.version).toMatchObject({ id: next.id, status: "scheduled" });
  expect(ahead.previousLabel).toBe("1.0");
});

test("P43: a version names the versions of the product's other documents that hold together with it", async () => {
  const desk = await givenDesk();
  const agreement = await createDocument(acting(desk.author, "2026-01-05 09:00"), {
    ...{ productId: desk.productId, slug: `${desk.slug}-terms`, kind: "agreement" as const },
    ...{ titleZh: "服务协议", titleEn: "Service agreement", bindingLocale: "zh-CN" as const },
  });
  const terms = { ...desk, documentId: agreement.id };
  const related = async (slug: string, label: string, at = "2026-03-02 12:00") => {
    const read = await readVersion(acting(desk.author, at), { slug, label, locale: "en" });
    return read.related.map((one) => `${one.titles.en} ${one.label}`);
  };
  await givenApproved(desk);
  expect(await related(desk.slug, "1.0")).toEqual([]);
  await givenApproved(terms);
  const next = await givenApproved(terms, {
    ...{ label: "2.0", effectiveDate: "2026-04-01", at: "2026-03-02 10:00" },
  });
  expect(await related(desk.slug, "1.0")).toEqual(["Service agreement 1.0"]);
  expect(await related(agreement.slug, "1.0")).toEqual(["Privacy Guide 1.0"]);
  await untilInForce(next);
  expect(await related(desk.slug, "1.0", "2026-04-02 12:00")).toEqual(["Service agreement 2.0"]);
  expect(await related(agreement.slug, "1.0", "2026-04-02 12:00")).toEqual(["Privacy Guide 1.0"]);
});

test("P44: an archived version is read for ever, under its own label", async () => {
  const { slug, first, next } = await givenMajorChange();
  await untilInForce(next);

  const current = await readVersion(anybody, { slug, locale: zh });
  const archived = await readVersion(anybody, { slug, label: "1.0", locale: zh });

  expect(current.version.label).toBe("2.0");
  expect(archived.version).toMatchObject({
    id: first.id,
    status: "archived",
    contentHash: first.contentHash,
  });
  expect(archived.text.body).toContain("个人信息");
});

test("P44: a withdrawn version stays readable and says so", async () => {
  const { slug, next, ...desk } = await givenMajorChange();
  await withdraw(desk, next);

  const withdrawn = await readVersion(anybody, { slug, label: "2.0", locale: zh });

  expect(withdrawn.version).toMatchObject({ status: "withdrawn", withdrawalReason: "推迟" });
});

test("P01: the change list comes with every version", async () => {
  const { slug, next } = await givenMajorChange();

  const { version } = await readVersion(anybody, { slug, label: "2.0", locale: zh });

  expect(version.changes).toEqual(next.changes);
  expect(version.changes.length).toBeGreaterThan(0);
});

test("nobody learns of a draft or a review", async () => {
  const desk = await givenInForce();
  await givenSubmitted(desk, MAJOR_CHANGE);
  const empty = await givenDesk();
  await givenDraft(empty);

  for (const read of [
    () => readVersion(anybody, { slug: desk.slug, label: "2.0", locale: zh }),
    () => readVersion(anybody, { slug: empty.slug, locale: zh }),
    () => compareVersions(anybody, { slug: desk.slug, label: "2.0", since: "1.0", locale: zh }),
  ]) {
    await expect(read()).rejects.toMatchObject({ code: "not_found" });
  }
  expect((await readLibrary(anybody, { of: empty.slug })).rows).toEqual([]);
});

test("without a translation the binding text is shown and said to be the binding one", async () => {
  const desk = await givenDesk();
  await givenApproved(desk);

  const { text, locales } = await readVersion(anybody, { slug: desk.slug, locale: "en" });

  expect(text).toMatchObject({ locale: zh, isBinding: true });
  expect(locales).toEqual([zh]);
});

test("a translation is shown in its language and is not the binding one", async () => {
  const desk = await givenDesk();
  await givenApproved(desk, { english: "# One\n\nWe value your personal information.\n" });

  const { text } = await readVersion(anybody, { slug: desk.slug, locale: "en" });

  expect(text).toMatchObject({ locale: "en", isBinding: false });
});

test("P41, P44: any two versions are compared, the one before by default", async () => {
  const { slug } = await givenMajorChange();

  const comparison = await compareVersions(anybody, { slug, label: "2.0", locale: zh });

  expect(comparison.before.label).toBe("1.0");
  expect(comparison.after.label).toBe("2.0");
  expect(JSON.stringify(comparison.diff)).toContain("新增了接收方");
});

test("P05: bold of the source is bold where it is read", async () => {
  const { slug } = await givenInForce();

  const { text } = await readVersion(anybody, { slug, locale: zh });

  expect(JSON.stringify(text.blocks)).toMatch(/"text":"个人信息","strong":true/);
});

test.each(["nothing", "../x", "%00", ""])("the document %j is not found", async (slug) => {
  await expect(readVersion(anybody, { slug, locale: zh })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("the library lists published versions only, newest first", async () => {
  const { slug } = await givenMajorChange();

  const [document] = (await readLibrary(anybody, { of: slug })).rows;

  expect(document).toMatchObject({
    ...{ slug, count: 2, inForce: { label: "1.0" }, ahead: { label: "2.0" } },
  });
  expect(document?.versions.map(({ label, status }) => [label, status])).toEqual([
    ["2.0", "scheduled"],
    ["1.0", "in_force"],
  ]);
});

test("where only the binding text changed, the comparison shows it in every language, and who submits and approves is warned", async () => {
  const desk = await givenDesk();
  const english = "# 1. Introduction\n\nWe value your personal information.\n";
  await givenApproved(desk, { english });
  const text = "# 一、引言\n\n我们重视您的个人信息。\n\n# 二、接收方\n\n新增了接收方。\n";
  const { id } = await givenApproved(desk, { ...MAJOR_CHANGE, text, english });

  const comparison = await compareVersions(anybody, {
    ...{ slug: desk.slug, label: "2.0", locale: "en" },
  });

  expect(comparison).toMatchObject({ locale: zh, isBinding: true, isBehind: true });
  expect(JSON.stringify(comparison.diff)).toContain("新增了接收方");
  const { doubts } = await findVersion(acting(desk.approver, "2026-03-03 10:00"), {
    versionId: id,
  });
  expect(doubts).toEqual([
    { locale: "en", doubt: "stale" },
    { locale: "en", doubt: "frame" },
  ]);
});
