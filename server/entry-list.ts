import "server-only";

import { auditFilter } from "@/domain/audit/input";
import type { Context } from "@/domain/context";
import { readListed, readListedProofs } from "@/domain/evidence/list-entries";

type Asked = { filter: ReturnType<typeof auditFilter.parse>; before: number | null };
type Part<Row> = { rows: readonly Row[]; next: number | null };

/** What the address of the record's page asks for, without its page. */
export function askedFilter(params: URLSearchParams): Asked["filter"] {
  const { page: _, ...filter } = Object.fromEntries(params);
  return auditFilter.parse(filter);
}

/** The entries that a filter asks for, as lines of a table: who and what by their ids alone. */
export async function* listedLines(ctx: Context, filter: Asked["filter"]) {
  for await (const rows of parts(filter, (asked) => readListed(ctx, asked)))
    yield rows.map(({ seq, place, at, ...row }) => [
      ...[String(seq), place === null ? "" : String(place), at.toISOString(), row.action],
      ...[row.actorKind, row.actorId, row.subjectType, row.subjectId],
    ]);
}

export const LINE = [
  ...["number", "place", "at", "action"],
  ...["actorKind", "actorId", "subjectType", "subjectId"],
];

/** The same as one JSON list of proofs, piece by piece, as `public/verify-list.mjs` takes it. */
export async function* listedProofs(
  ctx: Context,
  filter: Asked["filter"],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const proofs = parts(filter, async (asked) => {
    const { proofs: rows, next } = await readListedProofs(ctx, asked);
    return { rows, next };
  });
  let hasBegun = false;
  yield encoder.encode("[");
  for await (const rows of proofs) {
    for (const row of rows) {
      // As JSON.stringify sets one below another.
      const inside = JSON.stringify(row, null, 2).replaceAll("\n", "\n  ");
      yield encoder.encode(`${hasBegun ? "," : ""}\n  ${inside}`);
      hasBegun = true;
    }
  }
  yield encoder.encode(hasBegun ? "\n]\n" : "]\n");
}

async function* parts<Row>(filter: Asked["filter"], read: (asked: Asked) => Promise<Part<Row>>) {
  let before: number | null = null;
  do {
    const part: Part<Row> = await read({ filter, before });
    yield part.rows;
    before = part.next;
  } while (before !== null);
}
