import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { apps } from "@/db/schema";
import { PRECONDITIONS } from "@/db/vocabulary/policies";
import { acting } from "@/tests/support/context";
import { givenAccount, givenMember } from "@/tests/support/people";
import { givenApproved, givenInForce, untilInForce } from "@/tests/support/policies";
import { recordOf } from "@/tests/support/record";

import { attest } from "./attest";
import { readAttestations } from "./attestations";
import { createDocument } from "./create-document";

const AT = "2026-03-02 10:00";
const GUIDE =
  "# 合规指南\n\n## 一、接入\n\n### （一）先同意\n\n写。\n\n### （二）后初始化\n\n写。\n\n## 二、联系我们\n\n写信。\n";

const POINTS = ["一、接入 （一）先同意", "一、接入 （二）后初始化"];

async function givenApp() {
  const desk = await givenInForce();
  const account = await givenAccount({ productId: desk.productId });
  const owner = await givenMember(account.id, "owner");
  const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
  return { ...desk, account, owner, appId: app!.id };
}

test("P12: the four preconditions are confirmed per app, with day and person, and asked again when the guide changes", async () => {
  const desk = await givenApp();
  const { owner, appId } = desk;
  const read = async (at = AT) => {
    const { asked } = await readAttestations(acting(owner, at), { appId, locale: "zh-CN" });
    return asked.find(({ kind }) => kind === "preconditions")!;
  };
  const { textHash, points, holds } = await read();
  expect([holds, points.map(({ key }) => key)]).toEqual([false, [...PRECONDITIONS]]);
  const all = { appId, kind: "preconditions" as const, locale: "zh-CN" as const, textHash };
  const ctx = acting(owner, AT);
  await expect(attest(ctx, { ...all, points: PRECONDITIONS.slice(1) })).rejects.toMatchObject({
    fields: { points: ["policies.errors.attest.open"] },
  });
  await expect(
    attest(acting(await givenMember(desk.account.id, "member"), AT), {
      ...all,
      points: [...PRECONDITIONS],
    }),
  ).rejects.toMatchObject({ code: "not_allowed" });
  await attest(ctx, { ...all, points: [...PRECONDITIONS] });
  await attest(ctx, { ...all, points: [...PRECONDITIONS] });
  expect(await read()).toMatchObject({ holds: true, last: { by: owner.name } });
  expect(await recordOf(appId)).toEqual(["app.attested"]);

  await untilInForce(
    await givenApproved(desk, {
      ...{ label: "2.0", effectiveDate: "2026-04-01", at: AT },
      text: "# 一、引言\n\n四项前提变了。\n",
    }),
  );
  const changed = await read("2026-04-02 10:00");
  expect(changed).toMatchObject({ holds: false, label: "2.0", last: { by: owner.name } });
  await expect(
    attest(acting(owner, "2026-04-02 10:00"), { ...all, points: [...PRECONDITIONS] }),
  ).rejects.toMatchObject({ messageKey: "policies.errors.attest.changed" });
});

test("P11: the self-check has the points of the compliance guide in force, and is confirmed with day and person", async () => {
  const desk = await givenApp();
  const guide = await createDocument(acting(desk.author, "2026-01-05 09:00"), {
    productId: desk.productId,
    slug: `${desk.slug}-c`,
    kind: "compliance_guide",
    titleZh: "合规指南",
    titleEn: "Compliance guide",
    bindingLocale: "zh-CN",
  });
  await givenApproved({ ...desk, documentId: guide.id }, { text: GUIDE });
  const ctx = acting(desk.owner, AT);
  const read = async () => {
    const { asked } = await readAttestations(ctx, { appId: desk.appId, locale: "zh-CN" });
    return asked.find(({ kind }) => kind === "self_check")!;
  };
  const { points, textHash } = await read();
  expect(points.map(({ words }) => words)).toEqual(POINTS);
  await attest(ctx, {
    ...{ appId: desk.appId, kind: "self_check", locale: "zh-CN", textHash },
    points: points.map(({ key }) => key),
  });
  expect(await read()).toMatchObject({
    ...{ holds: true },
    last: { by: desk.owner.name, points: POINTS },
  });
});
