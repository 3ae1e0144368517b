import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { policyDocuments } from "@/db/schema";
import { givenApproved, givenInForce, MAJOR_CHANGE } from "@/tests/support/policies";

import { policyChangeFacts } from "./change-facts";

test("P41: a change that points to a clause tells what the clause is called, in each language of the text", async () => {
  const desk = await givenInForce();
  const version = await givenApproved(desk, {
    ...MAJOR_CHANGE,
    text: "# 四、保存\n\n## （一）期限\n\n我们保存七天。\n",
    english: "# 4. Retention\n\nWe keep it for seven days.\n",
  });
  const [document] = await db
    .select()
    .from(policyDocuments)
    .where(eq(policyDocuments.id, desk.documentId));
  const text = { "zh-CN": "期限由三十天改为七天。" };
  const changes = [
    { text, anchor: "sec-4" },
    { text, anchor: "sec-99" },
    { text, anchor: null },
    { text, anchor: "sec-4-1" },
  ];
  const facts = await policyChangeFacts(db, {
    version: { ...version, changes },
    document: document!,
  });
  expect(facts.changes.map(({ place }) => place)).toEqual([
    { "zh-CN": "四、保存", en: "4. Retention" },
    {},
    {},
    { "zh-CN": "四、（一）期限", en: "" },
  ]);
});
