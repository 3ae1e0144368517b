import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Db, Tx } from "@/db/client";
import { auditTiles } from "@/db/schema";
import { growingTree, TILE, treeOf } from "@/lib/merkle";

import { countColumn, readOneRow, readRows } from "../rows";

export const hashColumn = z.custom<Buffer>((value) => Buffer.isBuffer(value));
const hashRow = z.object({ hash: hashColumn });

/** How many leaves there are. */
export async function treeSize(db: Db | Tx): Promise<number> {
  const { size } = await readOneRow(db, z.object({ size: countColumn }))`
    select coalesce(max(place) + 1, 0) as size from audit_leaves`;
  return size;
}

/** The Merkle tree of the leaves as they are stored. */
export const storedTree = (db: Db | Tx) => treeOf((level, tile) => readTile(db, level, tile));

async function readTile(db: Db | Tx, level: number, tile: number): Promise<Buffer[]> {
  const [from, to] = [tile * TILE, (tile + 1) * TILE];
  const table =
    level === 0 ? sql`audit_leaves where true` : sql`audit_tiles where level = ${level}`;
  const rows = await readRows(db, hashRow)`
    select hash from ${table} and place >= ${from}::bigint and place < ${to}::bigint order by place`;
  return rows.map(({ hash }) => hash);
}

/** Enters the subtrees that became whole when the leaves from `from` to before `to` were added. */
export async function enterTiles(tx: Tx, { from, to }: { from: number; to: number }) {
  for (let [level, width] = [1, TILE]; width <= to; [level, width] = [level + 1, width * TILE]) {
    for (let place = Math.floor(from / width); (place + 1) * width <= to; place += 1) {
      const tree = growingTree();
      for (const hash of await readTile(tx, level - 1, place)) tree.add(hash);
      await tx.insert(auditTiles).values({ level, place, hash: tree.root() });
    }
  }
}
