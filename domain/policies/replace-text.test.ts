import { sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { acting } from "@/tests/support/context";
import {
  givenDesk,
  givenDraft,
  givenInForce,
  givenSubmitted,
  MAJOR_CHANGE,
  versionNow,
} from "@/tests/support/policies";
import { recordLength, recordOf } from "@/tests/support/record";

import { findVersion } from "./find-version";
import { listAhead } from "./list-ahead";
import { replaceText } from "./replace-text";
import { rejectVersion } from "./review";

const NOON = "2026-03-02 12:00";
const file = (fileName: string, text: string) => ({
  fileName,
  bytes: new TextEncoder().encode(text),
});

test("a file takes the place of one text; everything else stays", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk, { english: "# One" });

  const read = await replaceText(acting(desk.author, NOON), {
    versionId: version.id,
    revision: version.revision,
    locale: "zh-CN",
    ...file("指引.txt", "一、引言\n新的正文"),
  });

  expect(read).toMatchObject({ format: "text", characters: 8 });
  const after = await findVersion(acting(desk.author, NOON), { versionId: version.id });
  expect(after.texts.en).toBe("# One");
  expect(after.texts["zh-CN"]).toContain("新的正文");
  expect(after.sources).toMatchObject([{ locale: "zh-CN", name: "指引.txt" }]);
  expect(after.version.changes).toEqual(version.changes);
  expect((await recordOf(version.id)).at(-1)).toBe("version.edited");
});

test("a file that is refused says so at the file, and nothing is stored", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk);
  const before = await recordLength();

  const read = replaceText(acting(desk.author, NOON), {
    versionId: version.id,
    revision: version.revision,
    locale: "zh-CN",
    ...file("空.txt", "   \n"),
  });

  await expect(read).rejects.toMatchObject({
    code: "invalid",
    fields: { file: ["policies.errors.import.empty"] },
  });
  expect((await versionNow(version.id)).revision).toBe(version.revision);
  expect(await recordLength()).toBe(before);
});

test("no connection is held while a file is read", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk);
  let isOver = false;
  const replacing = replaceText(acting(desk.author, NOON), {
    versionId: version.id,
    revision: version.revision,
    locale: "zh-CN",
    ...file("长.md", Array(2_500).fill("- x").join("\n")),
  }).finally(() => (isOver = true));

  const waits: unknown[] = [];
  while (!isOver) {
    const { rows } = await db.execute<{ state: string; for: number }>(
      sql`select state, extract(epoch from now() - state_change)::float as for from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction'`,
    );
    waits.push(...rows.filter((row) => row.for > 0.3));
    await new Promise((go) => setTimeout(go, 10));
  }
  await replacing;
  expect(waits).toEqual([]);
});

test("an import voids a review like any other edit", async () => {
  const desk = await givenInForce();
  const version = await givenSubmitted(desk, MAJOR_CHANGE);

  await replaceText(acting(desk.author, NOON), {
    versionId: version.id,
    revision: version.revision,
    locale: "zh-CN",
    ...file("a.md", "# 换了"),
  });

  expect(await versionNow(version.id)).toMatchObject({ status: "draft", contentHash: null });
});

test("only authors bring in files", async () => {
  const desk = await givenDesk();
  const version = await givenDraft(desk);

  const read = replaceText(acting(desk.approver, NOON), {
    versionId: version.id,
    revision: version.revision,
    locale: "zh-CN",
    ...file("a.md", "# 换了"),
  });

  await expect(read).rejects.toMatchObject({ code: "not_allowed" });
});

test("a draft that came back says why until somebody changes it", async () => {
  const desk = await givenInForce();
  const version = await givenSubmitted(desk, MAJOR_CHANGE);
  await rejectVersion(acting(desk.approver, "2026-03-02 11:00"), {
    versionId: version.id,
    contentHash: version.contentHash,
    reason: "缺英文译文。",
  });
  const rejectionOf = async () => {
    const { rows: ahead } = await listAhead(acting(desk.author, NOON), { ownDrafts: true });
    return ahead.find(({ id }) => id === version.id)?.rejection;
  };

  expect(await rejectionOf()).toBe("缺英文译文。");
  await replaceText(acting(desk.author, NOON), {
    versionId: version.id,
    revision: version.revision,
    locale: "en",
    ...file("a.md", "# English"),
  });
  expect(await rejectionOf()).toBeNull();
});
