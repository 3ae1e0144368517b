import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { DISPATCH_STATUSES, ENDPOINT_CHANNELS } from "@/db/vocabulary/endpoints";
import { growingTree, leafHash, nodeHash, TILE, treeOf } from "@/lib/merkle";

import { momentColumn, readRows } from "../rows";

const hashRow = z.object({ id: z.string(), hash: z.string() });

/** What was posted of a telling, in the order of its leaves: of each post its id, which nobody guesses, and the hash of its bytes. */
const hashesOf = (db: Db | Tx, broadcastId: string) =>
  readRows(db, hashRow)`
    select id, body_hash as hash from dispatches
    where broadcast_id = ${broadcastId} and body_hash is not null order by id`;

const leafOf = ({ id, hash }: z.output<typeof hashRow>): Buffer => leafHash(`${id} ${hash}`);

/**
 * One hash over all that a telling posted, for the record: the root of a tree (RFC 6962), so that each
 * receiver's post can be shown to be in it without the others'. Null where nothing was posted.
 */
export async function rootOfPosts(db: Db | Tx, broadcastId: string) {
  const tree = growingTree();
  for (const row of await hashesOf(db, broadcastId)) tree.add(leafOf(row));
  return tree.size() === 0 ? null : { posts: tree.size(), postsHash: tree.root().toString("hex") };
}

/** More of one account's than a bundle holds. */
const MOST = 500;

const postRow = z.object({
  id: z.string(),
  channel: z.enum(ENDPOINT_CHANNELS),
  name: z.string(),
  host: z.string(),
  /** Whose browser or number it is; null of an account's endpoint. */
  person: z.object({ id: z.string(), name: z.string() }).nullable(),
  status: z.enum(DISPATCH_STATUSES),
  createdAt: momentColumn,
  settledAt: momentColumn.nullable(),
  sha256: z.string(),
  body: z.string(),
});

/**
 * Of posts of an account: its own endpoints' (`e`), and its people's where the telling went to them for it alone.
 * What somebody got for several accounts names the apps of all of them.
 */
const toAccount = (accountId: string): SQL => sql`(e.account_id = ${accountId} or exists (
  select from deliveries t
  where t.broadcast_id = d.broadcast_id and t.user_id = e.user_id
    and t.account_ids = array[${accountId}::uuid]))`;

/**
 * What a telling posted to an account, byte for byte, and with each post its place and its way to the
 * root that the record holds once the telling has ended. Where it went is said as pages say it: an
 * address is a key. Null where nothing was posted to it.
 */
export async function postsTo(
  db: Db | Tx,
  { broadcastId, accountId }: { broadcastId: string; accountId: string },
) {
  const own = await readRows(db, postRow)`
    select d.id, e.channel, e.name, e.host, d.status, d.created_at as "createdAt",
      d.settled_at as "settledAt", d.body_hash as sha256, d.body,
      case when u.id is not null then json_build_object('id', u.id, 'name', u.name) end as person
    from dispatches d join endpoints e on e.id = d.endpoint_id left join users u on u.id = e.user_id
    where d.broadcast_id = ${broadcastId} and d.body_hash is not null and d.body is not null
      and ${toAccount(accountId)}
    order by d.id limit ${MOST}`;
  if (own.length === 0) return null;
  const all = await hashesOf(db, broadcastId);
  const places = new Map(all.map(({ id }, place) => [id, place]));
  const tree = treeOver(all.map(leafOf));
  const posts = own.map(async (post) => {
    const place = places.get(post.id) ?? 0;
    const way = await tree.inclusion(place, all.length);
    return { ...post, place, way: way.map((hash) => hash.toString("hex")) };
  });
  const root = await tree.root(all.length);
  return { root: root.toString("hex"), size: all.length, posts: await Promise.all(posts) };
}

/** The tree of leaves that are all at hand. */
function treeOver(leaves: readonly Buffer[]) {
  const levels = [leaves];
  for (let below = leaves; below.length >= TILE; levels.push(below))
    below = Array.from({ length: Math.floor(below.length / TILE) }, (_, n) =>
      perfectRoot(below.slice(n * TILE, (n + 1) * TILE)),
    );
  return treeOf((level, tile) =>
    Promise.resolve(levels[level]?.slice(tile * TILE, (tile + 1) * TILE) ?? []),
  );
}

function perfectRoot(hashes: readonly Buffer[]): Buffer {
  const [first, second] = hashes;
  if (!first || !second) return first ?? leafHash("");
  const half = hashes.length / 2;
  return nodeHash(perfectRoot(hashes.slice(0, half)), perfectRoot(hashes.slice(half)));
}
