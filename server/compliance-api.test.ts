import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { apps } from "@/db/schema";
import type { TokenScope } from "@/db/vocabulary/tickets";
import { listAppIncidents } from "@/domain/incidents/app-incidents";
import { followAdvice } from "@/domain/incidents/follow-advice";
import { createOwnToken } from "@/domain/tickets/account-tokens";
import { addDays, shanghaiDay } from "@/lib/shanghai";
import { giveAnswer } from "@/tests/support/answers";
import { acting } from "@/tests/support/context";
import {
  givenAffected,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { givenAccount, givenMember } from "@/tests/support/people";
import { givenMajorChange } from "@/tests/support/policies";
import { givenToken } from "@/tests/support/tickets";

import { getCompliance } from "./compliance-api";

let token = "";
beforeAll(async () => {
  ({ token } = await givenToken({ scopes: ["compliance_read"] }));
});

async function ask(id: string, { key = token, ...headers }: Record<string, string> = {}) {
  const request = new Request(`http://localhost/api/v1/apps/${id}/compliance`, {
    headers: { authorization: `Bearer ${key}`, ...headers },
  });
  const response = await getCompliance(request, { params: Promise.resolve({ id }) });
  const text = await response.text();
  return { response, answer: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
}

test("P41: a pipeline hears what asks the account, what it accepted, and fails where it disagrees", async () => {
  const { next, productId, slug } = await givenMajorChange();
  const account = await givenAccount({ productId });
  const owner = await givenMember(account.id, "owner");
  const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
  const id = app!.sdkAppId;

  const asked = await ask(id);
  expect(asked.answer).toMatchObject({
    app: { sdkAppId: id },
    documents: [{ document: slug, inForce: "1.0", accepted: null }],
    asks: [{ document: slug, label: "2.0", url: expect.stringContaining(next.id) }],
    incidents: [],
  });
  await giveAnswer(owner, next, { accountId: account.id, answer: "disagreed" });
  expect((await ask(id)).answer).toMatchObject({
    passes: false,
    failures: [`${slug} 2.0: disagreed`],
  });
  await giveAnswer(owner, next, { accountId: account.id, at: "2026-03-04 10:00" });
  const { response, answer } = await ask(id);
  expect(answer).toMatchObject({
    ...{ passes: true, failures: [] },
    documents: [{ accepted: "2.0" }],
    asks: [{ state: "acknowledged" }],
  });
  const etag = response.headers.get("etag") ?? "";
  expect((await ask(id, { "if-none-match": etag })).response.status).toBe(304);
});

test("P22: an incident that affects the app's SDK version fails the build until its advice is done; another app is left alone", async () => {
  const desk = await givenNoticeDesk();
  const { owner, app } = await givenAffected(desk.productId, { platforms: { android: "8.0.1" } });
  const unaffected = await givenAffected(desk.productId, { platforms: { ios: "8.0.1" } });
  const incident = await givenIncident(desk);
  const notice = await published(
    desk,
    await givenNotice(desk, {
      ...{ incidentId: incident.id, actionability: "required" },
      audience: { platforms: ["android"] },
    }),
  );
  const { answer } = await ask(app.sdkAppId);
  expect(answer).toMatchObject({
    ...{ passes: false, failures: [`${incident.number}: advice open`] },
    incidents: [
      { number: incident.number, affected: "android 8.0.1", isRequired: true, items: 2, done: 0 },
    ],
  });
  expect((await ask(unaffected.app.sdkAppId)).answer).toMatchObject({
    passes: true,
    incidents: [],
  });
  for (const item of [0, 1])
    await followAdvice(acting(owner, "2026-11-21 09:00"), {
      ...{ noticeId: notice.id, appId: app.id, item },
    });
  expect((await ask(app.sdkAppId)).answer).toMatchObject({
    passes: true,
    incidents: [{ done: 2 }],
  });
});

test("neither an app nobody has, nor a token of another permission, opens it", async () => {
  expect((await ask("1999999999")).response.status).toBe(404);
  const other: TokenScope = "accounts_read";
  const { token: weak } = await givenToken({ scopes: [other] });
  const refused = await ask("1999999999", { authorization: `Bearer ${weak}` });
  expect(refused.response.status).toBe(403);
});

test("P41: an account's own token asks of its apps and of nobody else's, and of one where it is made for one", async () => {
  const { productId } = await givenMajorChange();
  const [account, other] = [await givenAccount({ productId }), await givenAccount({ productId })];
  // The gate goes by the clock.
  const now = new Date();
  const ctx = { actor: await givenMember(account.id, "member"), now };
  const expiresOn = addDays(shanghaiDay(now), 30);
  const numbered = async (accountId: string, sdkAppId: string) => {
    const [app] = await db
      .update(apps)
      .set({ sdkAppId })
      .where(eq(apps.accountId, accountId))
      .returning();
    return app!;
  };
  const [app] = [await numbered(account.id, "1480000001"), await numbered(other.id, "1480000002")];
  await db.insert(apps).values({ ...app, id: undefined, sdkAppId: "1480000003" });
  const made = async (name: string, sdkAppId?: string) =>
    (
      await createOwnToken(ctx, {
        ...{ accountId: account.id, name, expiresOn },
        ...(sdkAppId && { sdkAppId }),
      })
    ).token;
  const [whole, narrow] = [await made("whole"), await made("narrow", "1480000001")];
  const statuses = async (key: string) =>
    Promise.all(
      ["1480000001", "1480000002", "1480000003"].map(
        async (id) => (await ask(id, { key })).response.status,
      ),
    );
  expect(await statuses(whole)).toEqual([200, 404, 200]);
  expect(await statuses(narrow)).toEqual([200, 404, 404]);
  // The second query of the gate keeps to it by itself.
  const by = { kind: "token", id: "t", scopes: ["compliance_read"] } as const;
  const actor = { ...by, only: { accountId: account.id, appId: null } };
  expect(await listAppIncidents({ actor, now }, { sdkAppId: "1480000002" })).toEqual([]);
});
