import { expect, test } from "vitest";

import { db } from "@/db/client";
import type { AudienceRule } from "@/db/schema";
import type { Platform } from "@/db/vocabulary/accounts";
import { hashOf } from "@/lib/hash";
import { acting } from "@/tests/support/context";
import {
  audienceForm,
  givenAffected,
  givenApp,
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  NOTICE_DAY,
} from "@/tests/support/notices";
import { givenAccount, givenDeclared } from "@/tests/support/people";

import { affectedApps } from "./audience";
import { findNotice } from "./find-notice";
import { listAudience } from "./list-audience";
import { ruleSummary } from "./reviewed-content";
import { setAudience } from "./set-audience";

const everything = (productId: string): AudienceRule => ({
  productId,
  platforms: [],
  versionRange: "",
  regions: [],
  apiOnly: false,
  sdkAppIds: [],
  excludedSdkAppIds: [],
});

async function found(rule: AudienceRule) {
  const { rows } = await db.execute<{ app_id: string; reason: string }>(
    await affectedApps(db, rule),
  );
  return new Map(rows.map(({ app_id, reason }) => [app_id, reason]));
}

test("each app says why it is in: its versions, the unreadable marked, the API, or its name", async () => {
  const desk = await givenNoticeDesk();
  const account = await givenAccount();
  const give = (app: Partial<Parameters<typeof givenApp>[0]>) =>
    givenApp({ accountId: account.id, productId: desk.productId, ...app });
  const both = await give({ platforms: { android: "7.9.1", ios: "8.x" } });
  const other = await give({ platforms: { ios: "9.0.0" } });
  const api = await give({ apiOnly: true });
  const bare = await give({});

  const ranged = await found({ ...everything(desk.productId), versionRange: "<8.1.0" });
  expect(ranged).toEqual(
    new Map([
      [both.id, "android 7.9.1, ios 8.x unreadable"],
      [bare.id, "unknown"],
    ]),
  );
  const all = await found(everything(desk.productId));
  expect(all.get(other.id)).toBe("ios 9.0.0");
  expect(all.get(api.id)).toBe("api");
  const named = await found({ ...everything(desk.productId), sdkAppIds: [api.sdkAppId] });
  expect(named).toEqual(new Map([[api.id, "named"]]));
});

async function givenDraft() {
  const desk = await givenNoticeDesk();
  const { id: incidentId } = await givenIncident(desk, { visibility: "affected" });
  return { ...desk, incidentId, read: acting(desk.approver, NOTICE_DAY.approved) };
}

test("P37, P49: a notice for children's apps, or for those the GDPR applies to, concerns those declared so and those that have not said, each with its reason", async () => {
  const { read, ...desk } = await givenDraft();
  const give = (platforms: Partial<Record<Platform, string>>) =>
    givenAffected(desk.productId, { platforms });
  const [children, grown, silent, both] = [
    await give({ android: "8.0.1" }),
    await give({ android: "8.0.1" }),
    await give({ ios: "8.x" }),
    await givenAffected(desk.productId, { apiOnly: true }),
  ];
  await givenDeclared(children.app.id, { minors: true, eea: false });
  await givenDeclared(grown.app.id, { minors: true, eea: false });
  await givenDeclared(grown.app.id, { minors: false }, 2);
  await givenDeclared(both.app.id, { minors: true, eea: true });
  const draft = await givenNotice(desk, { incidentId: desk.incidentId });
  const ctx = acting(desk.author, NOTICE_DAY.written);

  const first = await setAudience(ctx, audienceForm(draft, { declared: ["minors"] }));
  const { measured } = await findNotice(read, { noticeId: draft.id });
  expect(measured).toMatchObject({ apps: 3, undeclared: 1, unreadable: 0, isEverybody: false });
  const { rows } = await listAudience(read, { noticeId: draft.id });
  expect(
    new Map(
      rows.map(({ sdkAppId, reason: { tags, wasTold, ...reason } }) => {
        expect({ tags, wasTold }).toEqual({ tags: [], wasTold: false });
        return [sdkAppId, reason];
      }),
    ),
  ).toEqual(
    new Map([
      [
        children.app.sdkAppId,
        {
          kind: "versions",
          versions: [{ platform: "android", version: "8.0.1", isReadable: true }],
          declarations: [{ topic: "minors", isDeclared: true }],
        },
      ],
      [
        silent.app.sdkAppId,
        {
          kind: "versions",
          versions: [{ platform: "ios", version: "8.x", isReadable: true }],
          declarations: [{ topic: "minors", isDeclared: false }],
        },
      ],
      [both.app.sdkAppId, { kind: "api", declarations: [{ topic: "minors", isDeclared: true }] }],
    ]),
  );
  await setAudience(
    ctx,
    audienceForm({ id: draft.id, revision: first.revision }, { declared: ["eea"] }),
  );
  const forEea = await findNotice(read, { noticeId: draft.id });
  expect(forEea.measured).toMatchObject({ apps: 2, undeclared: 1 });
  expect(await found(forEea.notice.audience)).toEqual(
    new Map([
      [silent.app.id, "ios 8.x; eea undeclared"],
      [both.app.id, "api; eea"],
    ]),
  );
});

test("a rule that asks for no declaration is the same rule, with the same fingerprint, as before there were any", async () => {
  const { read, ...desk } = await givenDraft();
  await givenAffected(desk.productId, { apiOnly: true });
  const draft = await givenNotice(desk, { incidentId: desk.incidentId });
  const ctx = acting(desk.author, NOTICE_DAY.written);
  await setAudience(ctx, audienceForm(draft, { regions: ["cn"], declared: [] }));
  const { notice } = await findNotice(read, { noticeId: draft.id });
  const before: AudienceRule = { ...everything(desk.productId), regions: ["cn"] };
  expect(notice.audience).toStrictEqual(before);
  expect(hashOf(ruleSummary({ ...before, productId: "p" }))).toBe(
    "8509f5d672a86026c69f22dc00e291051e59451d9167b11b9ac6a76247a2c1d6",
  );
});
