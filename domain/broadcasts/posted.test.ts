import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";

import { db } from "@/db/client";
import { deliveries } from "@/db/schema";
import { leafHash, rootByInclusion } from "@/lib/merkle";
import { beijing } from "@/tests/support/context";
import { givenNumber } from "@/tests/support/endpoints";
import {
  givenAffected,
  givenAnnouncement,
  givenNoticeDesk,
  published,
} from "@/tests/support/notices";
import { prepareAll } from "@/tests/support/broadcasts";

import { postsTo, rootOfPosts } from "./posted";

test.each([1, 2, 255, 256, 257, 600])(
  "P35: of a telling of %i posts each of an account's leads to the one root that the record gets",
  async (count) => {
    const desk = await givenNoticeDesk();
    const { account, owner } = await givenAffected(desk.productId, {});
    const draft = await givenAnnouncement(desk);
    const { broadcastId } = await published(desk, draft, { typedPeople: 1 });
    await prepareAll(beijing("2026-11-22 15:00"));
    await db.execute(sql`
      with made as (
        insert into endpoints (channel, account_id, name, host, locale, address_hash, address, added_by, topics, added_at)
        select 'wecom', ${account.id}, 'n' || n, 'h', 'zh-CN', md5(${broadcastId} || n), decode('00', 'hex'), ${owner.id}, '{policies}', now()
        from generate_series(1, ${count}::int) n returning id)
      insert into dispatches (broadcast_id, endpoint_id, app_ids, status, next_attempt_at, created_at, attempts, tries, body, body_hash, settled_at)
      select ${broadcastId}, id, '{}', 'delivered', now(), now(), 1, 1, id::text,
        encode(sha256(convert_to(id::text, 'UTF8')), 'hex'), now() from made`);
    const root = await rootOfPosts(db, broadcastId!);
    const told = await postsTo(db, { broadcastId: broadcastId!, accountId: account.id });
    expect(root).toEqual({ posts: count, postsHash: told?.root });
    expect(told?.posts).toHaveLength(Math.min(count, 500));
    for (const { id, sha256, place, way } of told?.posts ?? []) {
      const proof = way.map((hash) => Buffer.from(hash, "hex"));
      const led = rootByInclusion(leafHash(`${id} ${sha256}`), {
        index: place,
        size: count,
        proof,
      });
      expect(led?.toString("hex")).toBe(root?.postsHash);
    }
  },
);

test("P35: what somebody got for two accounts, naming the apps of both, is in the bundle of neither", async () => {
  const desk = await givenNoticeDesk();
  const { account, owner } = await givenAffected(desk.productId, {});
  const { account: other } = await givenAffected(desk.productId, {});
  const { endpointId } = await givenNumber(owner, "+8613800000009");
  const toldTo = async (accountIds: string[]) => {
    const draft = await givenAnnouncement(desk);
    const { broadcastId } = await published(desk, draft, { typedPeople: 2 });
    await prepareAll(beijing("2026-11-22 15:00"));
    await db.update(deliveries).set({ accountIds }).where(eq(deliveries.userId, owner.id));
    await db.execute(sql`
      insert into dispatches (broadcast_id, endpoint_id, app_ids, status, next_attempt_at, created_at, attempts, tries, body, body_hash, settled_at)
      values (${broadcastId}, ${endpointId}, '{}', 'delivered', now(), now(), 1, 1, 'x',
        encode(sha256('x'), 'hex'), now())`);
    return postsTo(db, { broadcastId: broadcastId!, accountId: account.id });
  };
  expect((await toldTo([account.id]))?.posts).toHaveLength(1);
  expect(await toldTo([account.id, other.id])).toBeNull();
});
