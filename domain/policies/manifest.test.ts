import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { broadcasts, policyTexts } from "@/db/schema";
import { type Locale } from "@/db/vocabulary/languages";
import { translator } from "@/messages/translator";
import { MANIFEST_FIELDS, MANIFEST_PARTS } from "@/text/manifest-words";
import { readManifestCsv } from "@/text/manifest-csv";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember } from "@/tests/support/people";
import {
  completeDraft,
  givenApproved,
  givenDesk,
  givenDraft,
  givenSubmitted,
  versionNow,
} from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { readFacts } from "../broadcasts/facts";
import { draftVersion } from "./draft";
import { editVersion } from "./edit";
import { findVersion } from "./find-version";
import { readManifest } from "./read-manifest";
import { compareVersions } from "./read";
import { readCopy } from "./read-copy";
import { resetManifest, saveManifest } from "./save-manifest";

const NOON = "2026-01-05 12:00";
const LATER = "2026-03-02 10:00";
const table = (...rows: string[]) =>
  ["| 信息 | 目的 | 权限 |", "|---|---|---|", ...rows, ""].join("\n");
const ONE = table("| 设备型号 | 适配 | |");
const TWO = table("| 设备型号 | 适配与统计 | |", "| **精确位置** | 发送位置 | 定位 |");

/** Version 1.0 in force and 2.0 announced, each with a table. */
async function givenTables() {
  const desk = await givenDesk();
  const account = await givenAccount({ productId: desk.productId });
  await givenMember(account.id, "owner");
  const first = await givenApproved(desk, { text: ONE });
  const wish = { label: "2.0", effectiveDate: "2026-04-01", text: TWO, at: LATER };
  return { desk, first, next: await givenApproved(desk, wish) };
}

const reader = { actor: { kind: "anonymous", id: "anonymous" } as const, now: new Date() };

describe("the lists of a version", () => {
  test("P08: they are kept with the text, told to readers, and covered by the fingerprint of the version", async () => {
    const { desk, next } = await givenTables();
    const asked = { slug: desk.slug, label: "2.0", locale: "en" as Locale };
    const read = await readManifest(reader, asked);
    expect(read).toMatchObject({
      ...{ locale: "zh-CN", isBinding: true, since: "1.0" },
      manifest: { source: "text", information: [{ name: "设备型号" }, { sensitive: true }] },
    });
    const copy = await readCopy(reader, asked);
    expect(copy.content).toMatchObject({ manifests: { "zh-CN": { source: "text" } } });
    expect(copy.contentHash).toBe(next.contentHash);
  });

  test("P08: compared by meaning on the comparison and in what the notice says", async () => {
    const { desk, next } = await givenTables();
    const said = [
      { kind: "changed", name: "设备型号", fields: [{ field: "purpose", after: "适配与统计" }] },
      { kind: "added", name: "精确位置", sensitive: true },
    ];
    const asked = { slug: desk.slug, label: "2.0", locale: "zh-CN" as Locale };
    expect((await compareVersions(reader, asked)).lists).toMatchObject(said);
    const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.subjectId, next.id));
    expect(readFacts("policy_change", broadcast?.facts)).toMatchObject({
      facts: { lists: { "zh-CN": said } },
    });
  });

  test("what was announced does not change, and a draft's lists are nobody's to read", async () => {
    const { desk, next } = await givenTables();
    const manifest = { source: "entered" as const, information: [], permissions: [], register: [] };
    await expect(
      db.update(policyTexts).set({ manifest }).where(eq(policyTexts.versionId, next.id)),
    ).rejects.toThrow();
    const other = await givenDesk();
    await givenDraft(other, { text: ONE });
    await expect(
      readManifest(reader, { slug: other.slug, label: "1.0", locale: "zh-CN" }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(
      readManifest(reader, { slug: desk.slug, label: "2.0", since: "9", locale: "zh-CN" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  test("of a text from before lists were kept, they are those of its tables", async () => {
    const { desk } = await givenTables();
    const draft = await draftVersion(acting(desk.author, LATER), {
      documentId: desk.documentId,
      label: "3.0",
    }).catch(() => null);
    expect(draft).toBeNull();
    const old = await givenDesk();
    const kept = await givenDraft(old, { text: ONE });
    await db.update(policyTexts).set({ manifest: null }).where(eq(policyTexts.versionId, kept.id));
    const { lists } = await findVersion(acting(old.author, NOON), { versionId: kept.id });
    expect(lists).toMatchObject([{ manifest: { information: [{ name: "设备型号" }] } }]);
  });
});

describe("entering a list", () => {
  const csv = "个人信息类型,处理目的,敏感\n面部特征,身份核验,是\n";

  async function givenEntered() {
    const desk = await givenDesk();
    const author = acting(desk.author, NOON);
    const { id: versionId, contentHash } = await givenSubmitted(desk, { text: ONE });
    const { revision } = await versionNow(versionId);
    const locale = "zh-CN" as const;
    const saved = await saveManifest(author, {
      versionId,
      revision,
      locale,
      rows: csv,
      bytes: null,
    });
    const at = { versionId, revision: revision + 1, locale };
    return { desk, author, at, saved, contentHash };
  }
  const listOf = async (author: ReturnType<typeof acting>, versionId: string) =>
    (await findVersion(author, { versionId })).lists[0]?.manifest;

  test("it is an edit: on record, another fingerprint, back from review", async () => {
    const { author, at, saved, contentHash } = await givenEntered();
    expect(saved).toEqual({ part: "information", count: 1 });
    expect(await versionNow(at.versionId)).toMatchObject({
      status: "draft",
      revision: at.revision,
    });
    expect((await recordOf(at.versionId)).slice(-2)).toEqual([
      "version.returned",
      "version.edited",
    ]);
    const { hashNow, lists } = await findVersion(author, { versionId: at.versionId });
    expect(hashNow).not.toBe(contentHash);
    expect(lists[0]?.manifest).toMatchObject({
      source: "entered",
      information: [{ name: "面部特征", purpose: "身份核验", sensitive: true }],
    });
  });

  test("what was entered stays when the text changes, until it is given up for the text's tables", async () => {
    const { author, at } = await givenEntered();
    const edited = await editVersion(
      author,
      completeDraft({ id: at.versionId, revision: at.revision }, { text: TWO }),
    );
    expect(await listOf(author, at.versionId)).toMatchObject({ source: "entered" });
    await resetManifest(author, { ...at, revision: edited.revision });
    expect(await listOf(author, at.versionId)).toMatchObject({
      source: "text",
      information: [{ name: "设备型号" }, { name: "精确位置" }],
    });
  });

  test("an old page and a language without a text are refused; the same list again is no change", async () => {
    const { author, at } = await givenEntered();
    const wanted = { ...at, rows: csv, bytes: null };
    await expect(
      saveManifest(author, { ...wanted, revision: at.revision - 1 }),
    ).rejects.toMatchObject({ code: "conflict" });
    await expect(saveManifest(author, { ...wanted, locale: "en" })).rejects.toMatchObject({
      fields: { locale: ["policies.errors.manifest.noText"] },
    });
    const before = (await recordOf(at.versionId)).length;
    await saveManifest(author, wanted);
    expect((await recordOf(at.versionId)).length).toBe(before);
  });

  test("only authors enter lists", async () => {
    const { desk, at } = await givenEntered();
    await expect(
      saveManifest(acting(desk.approver, NOON), { ...at, rows: csv, bytes: null }),
    ).rejects.toMatchObject({ code: "not_allowed" });
  });
});

describe("a list as CSV", () => {
  test.each([
    ["", "file.empty"],
    ["信息\n手机号\n", "columns"],
    ["名称,价格\n甲,1\n", "columns"],
    ['信息,目的\n"手机号,登录\n', "broken"],
    ["信息,目的\n,登录\n", "noName"],
    [`信息,目的\n手机号,${"长".repeat(2001)}\n`, "tooLong"],
  ])("%j is refused", (text, problem) => {
    const bytes = new TextEncoder().encode(text);
    expect(() => readManifestCsv({ bytes })).toThrow(
      expect.objectContaining({ fields: { file: [`policies.errors.manifest.${problem}`] } }),
    );
  });

  test("pasted from a spreadsheet with tabs, in any order of columns", () => {
    expect(
      readManifestCsv({ text: "申请目的\t关闭之后\t权限\n录音\t不能发语音\t麦克风\n" }),
    ).toEqual({
      part: "permissions",
      rows: [
        {
          ...{ group: "", name: "麦克风", purpose: "录音", platforms: "", timing: "" },
          ...{ stops: "不能发语音", sensitive: false },
        },
      ],
    });
  });

  test.each(["zh-CN", "en"] as const)("what is downloaded is taken in again, in %s", (locale) => {
    const t = translator(locale, "policies");
    for (const part of MANIFEST_PARTS) {
      const fields = MANIFEST_FIELDS[part];
      const head = [...fields, "sensitive"].map((field) =>
        t(`manifest.field.${part}.${field}` as Parameters<typeof t>[0]),
      );
      const cells = fields.map((field) => (field === "role" ? t("manifest.role.source") : field));
      const text = [head, [...cells, t("manifest.yes")]].map((row) => row.join(",")).join("\n");
      const read = readManifestCsv({ text });
      expect(read).toEqual({
        part,
        rows: [
          {
            ...Object.fromEntries(
              fields.map((field) => [field, field === "role" ? "source" : field]),
            ),
            sensitive: true,
          },
        ],
      });
    }
  });
});
