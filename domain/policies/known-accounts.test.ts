import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { members } from "@/db/schema";
import { acting, beijing } from "@/tests/support/context";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { givenApproved, givenInForce } from "@/tests/support/policies";

import { confirmKnown } from "../inbox/know";
import { findMessage, listInbox } from "../inbox/list";
import { readCoverage } from "./coverage";

const MINOR = { label: "1.1", effectiveDate: "2026-04-20", at: "2026-04-10 10:00", major: [] };
const [LATER, STILL_LATER] = ["2026-04-11 09:00", "2026-04-12 09:00"];

test("of how many accounts people know of it: not of one that they had left when they said so", async () => {
  const desk = await givenInForce();
  const [stayed, left] = [
    await givenAccount({ productId: desk.productId }),
    await givenAccount({ productId: desk.productId }),
  ];
  const reader = await givenMember(stayed.id, "member");
  await givenMember(left.id, "member", { also: reader });
  await givenApproved(desk, MINOR);
  await db
    .update(members)
    .set({ leftAt: beijing(MINOR.at) })
    .where(and(eq(members.accountId, left.id), eq(members.userId, reader.id)));
  const [row] = (await listInbox(acting(reader, LATER), {})).rows;
  const { id, told } = await findMessage(acting(reader, LATER), { id: row!.id });
  await confirmKnown(acting(reader, LATER), { id, statement: "我已知悉。", locale: "zh-CN" });
  const versionId = told.kind === "policy_change" ? told.facts.versionId : "";
  const staff = acting(await givenStaff("author"), STILL_LATER);
  const { known } = await readCoverage(staff, { versionId });
  expect(known).toEqual({ people: 1, accounts: 1 });
});
