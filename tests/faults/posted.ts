import { eq, sql } from "drizzle-orm";

import { db } from "@/db/client";
import { users } from "@/db/schema";
import type { Person } from "@/domain/context";
import { env } from "@/lib/env";
import { pushPublicKey } from "@/lib/web-push";
import type { Received, startEndpoints } from "@/stand-ins/endpoints/start";
import { givenMembers } from "@/tests/support/broadcasts";
import { givenBrowser, givenEndpoint, givenNumber } from "@/tests/support/endpoints";
import { differencesInPosts, type Wanted } from "@/tests/support/every-channel";
import {
  givenIncident,
  givenNotice,
  givenNoticeDesk,
  noticeNow,
  published,
  submitted,
} from "@/tests/support/notices";
import { givenStaff } from "@/tests/support/people";

import { crowdOf, type Told } from "./compare";

type Wish = { prefix: string; people: number };

/** So many of a crowd have an endpoint, a browser and a number. */
const REACHED = 15;

/** A grave notice to a crowd, ready to be sent by one person alone: the words for act.ts, and what was told. */
export async function givenAlone({ prefix, people }: Wish) {
  const actor = await givenStaff("author", "responder");
  const desk = { ...(await givenNoticeDesk()), author: actor };
  await givenMembers(desk.productId, people, prefix);
  const { id: incidentId } = await givenIncident(desk, { severity: "very_major" });
  const { id, contentHash } = await submitted(desk, await givenNotice(desk, { incidentId }));
  return {
    ...{ actor, words: ["alone", `${id} ${contentHash} ${people}`] },
    async told(): Promise<Told[]> {
      const { broadcastId } = await noticeNow(id);
      return broadcastId ? [{ broadcastId, whose: crowdOf(prefix) }] : [];
    },
  };
}

type Receiver = Awaited<ReturnType<typeof startEndpoints>>;

/** A grave notice to a crowd of whom some have a call-back, a browser that shows notices, and a number. */
export async function givenPosted({ prefix, people }: Wish, receiver: Receiver) {
  const desk = await givenNoticeDesk();
  await givenMembers(desk.productId, people, prefix);
  const wanted: Wanted["posts"][number][] = [];
  for (const [n, person] of (await membersOf(prefix)).entries()) {
    const ctx = { actor: person, now: new Date() };
    const accountId = person.memberships[0]?.accountId ?? "";
    const path = `/hook/${n}`;
    const endpointId = await givenEndpoint(ctx, { accountId, address: receiver.url + path });
    const browser = receiver.push.subscribe(pushPublicKey(env().PUSH_KEY ?? ""));
    wanted.push(
      { endpointId, path },
      await givenBrowser(ctx, browser),
      await givenNumber(person, `+861380000${String(1000 + n)}`),
    );
  }
  const { id: incidentId } = await givenIncident(desk, { severity: "major" });
  const draft = await givenNotice(desk, { incidentId });
  const broadcastId = (await published(desk, draft, { typedPeople: people })).broadcastId ?? "";
  return {
    told: [{ broadcastId, whose: crowdOf(prefix) }],
    differences: (posts: readonly Received[]) => differencesInPosts({ broadcastId, wanted, posts }),
  };
}

/** The first of a crowd, as they would be signed in. */
async function membersOf(prefix: string): Promise<Person[]> {
  const { rows } = await db.execute<{ id: string; account: string }>(sql`
    select u.id, m.account_id as account from users u join members m on m.user_id = u.id
    where ${sql`u.email like ${`${prefix}%@crowd.example`}`} order by u.id limit ${REACHED}`);
  return Promise.all(
    rows.map(async ({ id, account: accountId }) => {
      const [row] = await db.select().from(users).where(eq(users.id, id));
      const { name, email } = row!;
      const memberships = [{ accountId, role: "owner" as const }];
      return { ...{ kind: "person" as const, id, name, email }, staffRoles: [], memberships };
    }),
  );
}
