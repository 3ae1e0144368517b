import { beforeAll, expect, test } from "vitest";

import { pushPublicKey } from "@/lib/web-push";
import { provide } from "@/lib/env";
import { pushService } from "@/stand-ins/push/service";
import { beijing } from "@/tests/support/context";
import { givenVisitor } from "@/tests/support/door";
import { givenAccount, givenMember } from "@/tests/support/people";
import { recordOf } from "@/tests/support/record";

import { ANONYMOUS, asJob, type Context, type Person } from "../context";
import { addBrowser } from "./add-browser";
import { listOwnBrowsers } from "./list-browsers";
import { browserHash, newBrowserMark } from "../access/browser-mark";
import { endOwnSessions } from "../access/own-sessions";
import { hashSessionToken, newSessionToken } from "../access/secrets";
import { readSession } from "../access/session";
import { signInAsDemoPerson } from "../access/sign-in-as";

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
