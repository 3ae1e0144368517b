import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { db } from "@/db/client";
import { requestMacros } from "@/db/schema";
import { MACRO_VARIABLES } from "@/db/vocabulary/requests";
import { acting } from "@/tests/support/context";
import { givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { Conflict, NotAllowed } from "../errors";
import { fillMacro, listMacros, retireMacro, saveMacro } from "./macros";

const AT = "2026-03-04 09:00";
const handler = await givenStaff("handler");
const at = (person = handler) => acting(person, AT);

type Wish = Parameters<typeof saveMacro>[1];
const macro = (wish: Partial<Wish> = {}): Wish => ({
  name: "请补材料",
  text: { "zh-CN": "请求 {{number}} 还缺身份证明。", en: "Request {{ number }} lacks a proof." },
  ...wish,
});
const standing = async (macroId: string) =>
  (await listMacros(at(), {})).find((one) => one.macroId === macroId);

describe("macros are kept at the desk, in versions that are only added", () => {
  test("one is written, changed and retired, each time on record; the same again is no version", async () => {
    const { macroId } = await saveMacro(at(), macro());
    const text = { "zh-CN": "请补一张身份证明。", en: "" };
    await saveMacro(at(), macro({ macroId, number: 1, text }));
    await saveMacro(at(), macro({ macroId, number: 2, text }));
    expect(await standing(macroId)).toMatchObject({
      number: 2,
      textZh: text["zh-CN"],
      textEn: null,
    });
    for (let n = 0; n < 2; n += 1) await retireMacro(at(), { macroId });
    expect(await standing(macroId)).toBeUndefined();
    expect(await recordOf(macroId)).toEqual(["macro.saved", "macro.saved", "macro.retired"]);
    const rows = await db.select().from(requestMacros).where(eq(requestMacros.macroId, macroId));
    expect(rows).toHaveLength(3);
    await expect(
      db.update(requestMacros).set({ name: "别的" }).where(eq(requestMacros.macroId, macroId)),
    ).rejects.toThrow();
  });

  test("of two who change one at the same time, one is told of the other", async () => {
    const { macroId } = await saveMacro(at(), macro());
    const change = (zh: string) =>
      saveMacro(at(), macro({ macroId, number: 1, text: { "zh-CN": zh, en: "" } }));
    const ends = await Promise.allSettled([change("甲"), change("乙")]);
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(change("丙")).rejects.toBeInstanceOf(Conflict);
  });

  test("handlers write them, auditors read them, nobody else does either", async () => {
    expect(await listMacros(at(await givenStaff("auditor")), {})).toBeInstanceOf(Array);
    for (const role of ["auditor", "approver", "support", "author", "admin"] as const) {
      const ctx = at(await givenStaff(role));
      await expect(saveMacro(ctx, macro())).rejects.toBeInstanceOf(NotAllowed);
      if (role !== "auditor") await expect(listMacros(ctx, {})).rejects.toBeInstanceOf(NotAllowed);
    }
  });
});

describe("a macro's variables", () => {
  test.each([
    ["第一行\n您的 {{phone}}", { part: "{{phone}}", line: 2, column: 4 }],
    ["未完 {{number", { part: "{{number", line: 1, column: 4 }],
  ])("%j is refused with its place", async (zh, place) => {
    const saving = saveMacro(at(), macro({ text: { "zh-CN": zh, en: "" } }));
    await expect(saving).rejects.toMatchObject({
      fields: { "text.zh-CN": ["notices.errors.template.variable"] },
      values: place,
    });
  });

  test("become what the case says; one without a value is named and nothing is left out in silence", () => {
    const none = Object.fromEntries(MACRO_VARIABLES.map((name) => [name, null]));
    const values = { ...none, number: "R-2026-000123", due: "2026年3月23日" } as Parameters<
      typeof fillMacro
    >[1];
    expect(fillMacro("{{number}}，{{ due }} 前答复。{ }", values)).toEqual({
      text: "R-2026-000123，2026年3月23日 前答复。{ }",
      missing: [],
    });
    expect(fillMacro("{{ticket}} {{app}}", values).missing).toEqual(["app", "ticket"]);
  });
});
