import { eq } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { appPlatforms, apps, broadcasts, deliveries, members } from "@/db/schema";
import type { MemberRole } from "@/db/vocabulary/access";
import { beijing } from "@/tests/support/context";
import { givenAccount, givenMember, givenProduct } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import type { Context, Person } from "../context";
import { changeOwnSettings } from "../access/own-settings";
import { Conflict, Invalid, NotFound } from "../errors";
import { acceptInvitation, declineInvitation, listInvitationsToMe } from "./answer-invitation";
import { handOverOwnership, withdrawInvitation } from "./invitations";
import { listOwnAccounts } from "./list-own";
import { closeOwnApp, findOwnApp, saveOwnApp } from "./own-apps";
import { changeOwnMember, findOwnMember, removeOwnMember } from "./own-members";

const NOW = beijing("2026-11-30 10:00");
const as = (actor: Person): Context => ({ actor, now: NOW });

/** An account with one person of each role and one app. */
async function givenTeam() {
  const account = await givenAccount({ productId: (await givenProduct()).id });
  const person = (role: MemberRole) => givenMember(account.id, role);
  const [owner, legal, viewer] = [
    await person("owner"),
    await person("legal"),
    await person("viewer"),
  ];
  const [app] = await db.select().from(apps).where(eq(apps.accountId, account.id));
  const memberOf = async ({ id }: Person) => {
    const rows = await db.select().from(members).where(eq(members.accountId, account.id));
    return rows.find(({ userId }) => userId === id)!;
  };
  return { account, owner, legal, viewer, app: app!, memberOf };
}

/** What somebody was told of their own membership, by mail. */
async function mailed({ id }: Person): Promise<string[]> {
  const rows = await db
    .select({ facts: broadcasts.facts, channel: deliveries.channel })
    .from(deliveries)
    .innerJoin(broadcasts, eq(broadcasts.id, deliveries.broadcastId))
    .where(eq(deliveries.userId, id))
    .orderBy(broadcasts.startedAt, broadcasts.id);
  return rows
    .filter(({ channel }) => channel === "email")
    .map(({ facts }) => (facts as { event: string }).event);
}

test("an owner gives a member another role: on record, told by mail, and again is nothing", async () => {
  const { owner, viewer, memberOf } = await givenTeam();
  const { id: memberId } = await memberOf(viewer);
  for (let n = 0; n < 2; n += 1) await changeOwnMember(as(owner), { memberId, role: "legal" });
  expect(await memberOf(viewer)).toMatchObject({ role: "legal", leftAt: null });
  expect(await recordOf(memberId)).toEqual(["member.saved"]);
  expect(await mailed(viewer)).toEqual(["member_changed"]);
});

test("an owner removes a member, who is told by mail and keeps what they answered", async () => {
  const { owner, viewer, memberOf } = await givenTeam();
  const { id: memberId } = await memberOf(viewer);
  await removeOwnMember(as(owner), { memberId });
  expect((await memberOf(viewer)).leftAt).toEqual(NOW);
  expect(await recordOf(memberId)).toEqual(["member.removed"]);
  expect(await mailed(viewer)).toEqual(["member_removed"]);
  await expect(removeOwnMember(as(owner), { memberId })).rejects.toThrow(NotFound);
});

test("ownership is handed over once it is accepted, in one act, and both are told", async () => {
  const { account, owner, legal, viewer, memberOf } = await givenTeam();
  const { id: memberId } = await memberOf(legal);
  const { id: invitationId } = await handOverOwnership(as(owner), { memberId, keeps: "viewer" });
  expect([(await memberOf(legal)).role, (await memberOf(owner)).role]).toEqual(["legal", "owner"]);
  expect(await listInvitationsToMe(as(legal), {})).toMatchObject([{ keeps: "viewer" }]);
  await expect(acceptInvitation(as(viewer), { invitationId })).rejects.toThrow(Conflict);
  await acceptInvitation(as(legal), { invitationId });
  expect([(await memberOf(legal)).role, (await memberOf(owner)).role]).toEqual(["owner", "viewer"]);
  expect([await mailed(legal), await mailed(owner)]).toEqual([
    ["member_changed"],
    ["member_changed"],
  ]);
  expect(await recordOf(account.id)).toEqual(["invitation.handing_over", "invitation.accepted"]);
  // A session from before decides nothing more.
  await expect(removeOwnMember(as(owner), { memberId })).rejects.toThrow(NotFound);
});

test("a hand-over that is declined or withdrawn, or whose giver or receiver goes, changes nothing", async () => {
  const { account, owner, legal, viewer, memberOf } = await givenTeam();
  const offer = async (to: Person) => {
    const { id: memberId } = await memberOf(to);
    return handOverOwnership(as(owner), { memberId, keeps: "member" });
  };
  const first = { invitationId: (await offer(legal)).id };
  await declineInvitation(as(legal), first);
  expect(await mailed(owner)).toEqual(["invitation_declined"]);
  const second = { invitationId: (await offer(legal)).id };
  await withdrawInvitation(as(owner), second);
  const third = { invitationId: (await offer(viewer)).id };
  await removeOwnMember(as(owner), { memberId: (await memberOf(viewer)).id });
  for (const [person, answer] of [
    [legal, first],
    [legal, second],
    [viewer, third],
  ] as const)
    await expect(acceptInvitation(as(person), answer)).rejects.toThrow(Conflict);

  const fourth = { invitationId: (await offer(legal)).id };
  const other = await givenMember(account.id, "owner");
  await removeOwnMember(as(other), { memberId: (await memberOf(owner)).id });
  await expect(acceptInvitation(as(legal), fourth)).rejects.toThrow(Conflict);
  expect((await memberOf(legal)).role).toBe("legal");
});

test("the last owner stays, also when two owners take each other away at the same moment", async () => {
  const { account, owner, memberOf } = await givenTeam();
  const { id: memberId } = await memberOf(owner);
  await expect(removeOwnMember(as(owner), { memberId })).rejects.toThrow(Conflict);
  await expect(changeOwnMember(as(owner), { memberId, role: "legal" })).rejects.toThrow(Conflict);
  expect(await findOwnMember(as(owner), { memberId })).toMatchObject({ isLastOwner: true });

  const second = await givenMember(account.id, "owner");
  const other = (await memberOf(second)).id;
  const both = await Promise.allSettled([
    removeOwnMember(as(owner), { memberId: other }),
    removeOwnMember(as(second), { memberId }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("whoever does not own the account finds neither its members nor its apps to change", async () => {
  const { legal, viewer, app, memberOf } = await givenTeam();
  const stranger = (await givenTeam()).owner;
  const { id: memberId } = await memberOf(viewer);
  for (const someone of [legal, viewer, stranger]) {
    const ctx = as(someone);
    for (const refused of [
      () => findOwnMember(ctx, { memberId }),
      () => changeOwnMember(ctx, { memberId, role: "owner" }),
      () => handOverOwnership(ctx, { memberId, keeps: "viewer" }),
      () => removeOwnMember(ctx, { memberId }),
      () => closeOwnApp(ctx, { appId: app.id }),
    ])
      await expect(refused()).rejects.toThrow(NotFound);
  }
  expect(await findOwnApp(as(viewer), { appId: app.id })).toMatchObject({ isOwner: false });
  await expect(findOwnApp(as(stranger), { appId: app.id })).rejects.toThrow(NotFound);
  expect(await recordOf(memberId)).toEqual([]);
});

test("an owner keeps an app right: name, region, versions, the API alone; on record, and again is nothing", async () => {
  const { owner, app } = await givenTeam();
  const wish = {
    ...{ appId: app.id, name: "青禾聊天", region: "sg" as const, apiOnly: false },
    platforms: { android: "8.2.0", ios: "8.1.0" },
  };
  for (let n = 0; n < 2; n += 1) await saveOwnApp(as(owner), wish);
  expect(await findOwnApp(as(owner), { appId: app.id })).toMatchObject({
    app: {
      ...{ name: "青禾聊天", region: "sg", sdkAppId: app.sdkAppId, productId: app.productId },
      platforms: [
        { platform: "android", sdkVersion: "8.2.0" },
        { platform: "ios", sdkVersion: "8.1.0" },
      ],
    },
  });
  expect(await recordOf(app.id)).toEqual(["app.saved"]);
  await expect(saveOwnApp(as(owner), { ...wish, apiOnly: true })).rejects.toThrow(Invalid);
  await saveOwnApp(as(owner), { ...wish, apiOnly: true, platforms: {} });
  expect(await db.$count(appPlatforms, eq(appPlatforms.appId, app.id))).toBe(0);
});

test("an owner closes an app, still sees it, and opens it again by saving it", async () => {
  const { owner, legal, app } = await givenTeam();
  await closeOwnApp(as(owner), { appId: app.id });
  await closeOwnApp(as(owner), { appId: app.id });
  const seen = async (actor: Person) => (await listOwnAccounts(as(actor), {})).rows[0]?.apps.rows;
  expect(await seen(owner)).toMatchObject([{ id: app.id, closedAt: NOW }]);
  expect(await seen(legal)).toEqual([]);
  await saveOwnApp(as(owner), {
    ...{ appId: app.id, name: app.name, region: app.region, apiOnly: false },
    platforms: { android: "8.0.1" },
  });
  expect(await seen(legal)).toMatchObject([{ id: app.id, closedAt: null }]);
  expect(await recordOf(app.id)).toEqual(["app.closed", "app.saved"]);
});

test("P23: who hides their address is seen by name alone, but by owners and themselves", async () => {
  const { owner, legal, viewer } = await givenTeam();
  const settings = {
    locale: "zh-CN",
    mails: { announcements: "at_once", minor_changes: "at_once" },
    pushes: { announcements: true, minor_changes: true, requests: true },
  } as const;
  const seenBy = async (actor: Person) => {
    const [account] = (await listOwnAccounts(as(actor), {})).rows;
    return account?.members.rows.find(({ userId }) => userId === legal.id);
  };
  expect(await seenBy(viewer)).toMatchObject({ email: legal.email });
  await changeOwnSettings(as(legal), { ...settings, showsAddress: false });
  expect(await seenBy(viewer)).toMatchObject({ name: legal.name, email: null });
  for (const one of [owner, legal]) expect(await seenBy(one)).toMatchObject({ email: legal.email });
});
