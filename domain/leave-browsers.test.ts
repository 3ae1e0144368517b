import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { members, staffRoles } from "@/db/schema";
import { pushPublicKey } from "@/lib/web-push";
import { provide } from "@/lib/env";
import { pushService } from "@/stand-ins/push/service";
import { beijing } from "@/tests/support/context";
import { givenVisitor } from "@/tests/support/door";
import { givenAccount, givenMember, givenStaff } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { ANONYMOUS, asJob, type Context, type Person } from "./context";
import { changeAddress } from "./accounts/change-address";
import { changeStaffRoles } from "./staff/change-roles";
import { addBrowser } from "./endpoints/add-browser";
import { listOwnBrowsers } from "./endpoints/list-browsers";
import { browserHash, newBrowserMark } from "./access/browser-mark";
import { endSessionsOf } from "./access/end-sessions-of";
import { endOwnSessions } from "./access/own-sessions";
import { hashSessionToken, newSessionToken } from "./access/secrets";
import { readSession } from "./access/session";
import { signInAsDemoPerson } from "./access/sign-in-as";

const PUSH_KEY = Buffer.alloc(32, 7).toString("base64url");
const NOW = beijing("2026-11-20 09:30");
const service = pushService(() => "https://push.example");

beforeAll(() => provide({ PUSH_KEY }));

type Session = Context & { actor: Person & { sessionId: string } };

/** Somebody signed in with a browser, as their session acts. */
async function signedIn({ id: userId }: Pick<Person, "id">, mark: string): Promise<Session> {
  const tokenHash = hashSessionToken(newSessionToken());
  const visitor = { ...givenVisitor(), mark };
  await signInAsDemoPerson({ actor: ANONYMOUS, now: NOW }, { userId, tokenHash, visitor });
  const actor = await readSession(asJob("session", NOW), { tokenHash });
  if (!actor) throw new Error("the session has ended");
  return { actor, now: NOW };
}

/** Has notices shown in the browser of a session. */
async function turnedOn(ctx: Session, mark: string) {
  const { endpoint, keys } = service.subscribe(pushPublicKey(PUSH_KEY));
  const hash = mark && browserHash(mark);
  const given = { address: endpoint, ...keys, locale: "zh-CN" as const, device: "Chrome" };
  await addBrowser(ctx, { ...given, browserHash: hash });
}

/** Why each browser of theirs shows nothing any more, the last added first. */
const endsOf = async (ctx: Session) =>
  (await listOwnBrowsers(ctx, {})).map(({ endReason }) => endReason);

test("P18: ending another session from the list ends what its browser shows, on record; a browser still signed in stays", async () => {
  const owner = await givenMember((await givenAccount()).id, "owner");
  const [here, there] = [newBrowserMark(), newBrowserMark()];
  const mine = await signedIn(owner, here);
  const other = await signedIn(owner, there);
  const again = await signedIn(owner, there);
  await turnedOn(mine, here);
  await turnedOn(other, there);
  await endOwnSessions(mine, { which: { sessionId: other.actor.sessionId } });
  expect(await endsOf(mine)).toEqual([null, null]);

  await endOwnSessions(mine, { which: { sessionId: again.actor.sessionId } });
  expect((await endsOf(mine)).toSorted()).toEqual([null, "signed_out"].toSorted());
  const ended = (await listOwnBrowsers(mine, {})).find(({ endReason }) => endReason !== null);
  expect(await recordOf(ended?.id ?? "")).toEqual(["endpoint.added", "endpoint.ended"]);
});

test("P18: a session that was opened before its browser had a mark has it from the consent on", async () => {
  const owner = await givenMember((await givenAccount()).id, "owner");
  const mine = await signedIn(owner, newBrowserMark());
  const other = await signedIn(owner, "");
  await turnedOn(other, newBrowserMark());
  await endOwnSessions(mine, { which: "others" });
  expect(await endsOf(mine)).toEqual(["signed_out"]);
});

test("P18: whoever ends all sessions of somebody ends what their browsers show, whichever way they end", async () => {
  const admin = { actor: await givenStaff("admin"), now: NOW };
  const { id: accountId } = await givenAccount();
  const [robbed, moved, gone, leaver] = [
    await givenMember(accountId, "owner"),
    await givenMember(accountId, "owner"),
    await givenMember(accountId, "owner"),
    await givenMember(accountId, "owner"),
  ];
  await db.insert(staffRoles).values({ userId: leaver.id, role: "handler", grantedAt: NOW });
  const shown = async (person: Person) => {
    const mark = newBrowserMark();
    const ctx = await signedIn(person, mark);
    await turnedOn(ctx, mark);
    // One more, of before sessions had a mark.
    await turnedOn(ctx, "");
    return ctx;
  };
  const all = [];
  for (const person of [robbed, moved, gone, leaver]) all.push(await shown(person));
  await endSessionsOf(admin, { email: robbed.email, reason: "电脑被盗" });
  const [member] = await db.select().from(members).where(eq(members.userId, moved.id));
  await changeAddress(admin, { memberId: member?.id ?? "", email: `new-${moved.email}` });
  await endOwnSessions(all[2]!, { which: "all" });
  const roles = { userId: leaver.id, roles: [], seen: ["handler" as const] };
  await changeStaffRoles(admin, roles);
  for (const ctx of all) expect(await endsOf(ctx)).toEqual(["signed_out", "signed_out"]);
});
