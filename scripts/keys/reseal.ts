import { getTableName } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import pg from "pg";
import { z } from "zod";

import {
  endpoints,
  factors,
  numberChecks,
  requestDecisions,
  requestDrafts,
  requestFiles,
  requestMessages,
  requests,
  ticketLinks,
} from "@/db/schema";
import { currentMark, MARK, seal, unseal } from "@/lib/seal";

type Place = { table: PgTable & { id: PgColumn }; column: PgColumn; context: string };

/** Every column that holds sealed values, with what they are sealed for (lib/seal.ts). */
export const SEALED: readonly Place[] = [
  { table: endpoints, column: endpoints.address, context: "endpoint.address" },
  { table: endpoints, column: endpoints.secret, context: "endpoint.secret" },
  { table: endpoints, column: endpoints.secretBefore, context: "endpoint.secret_before" },
  { table: factors, column: factors.secret, context: "factor.secret" },
  { table: numberChecks, column: numberChecks.number, context: "number_check.number" },
  { table: requestDrafts, column: requestDrafts.answers, context: "request.draft" },
  { table: requests, column: requests.replyTo, context: "request.reply_to" },
  { table: requests, column: requests.facts, context: "request.facts" },
  { table: requests, column: requests.subjects, context: "request.subjects" },
  { table: requests, column: requests.details, context: "request.details" },
  { table: requests, column: requests.stopWords, context: "request.stop" },
  { table: requestFiles, column: requestFiles.content, context: "request.file" },
  { table: requestMessages, column: requestMessages.body, context: "request.message" },
  { table: requestDecisions, column: requestDecisions.explanation, context: "request.explanation" },
  { table: ticketLinks, column: ticketLinks.prefill, context: "ticket.link" },
];
type Outcome = { place: string; resealed: number; closed: number };

/** Values a batch holds at most, and bytes: proof files have up to 10 MB each. */
const BATCH = 100;
const BATCH_BYTES = 16 * 1024 ** 2;
/** Milliseconds a batch waits for rows that somebody else is writing before it tries again later. */
const LOCK_PATIENCE = 2_000;

const found = z.array(z.object({ id: z.string(), value: z.instanceof(Buffer) }));

/**
 * Seals anew, with DATA_KEY, whatever another of our keys has sealed, batch by batch, each in a
 * transaction of its own, while the portal runs. Ended in the middle, it goes on where it stood: what is
 * done is known by its mark. What no key of ours opens is counted and left as it is.
 * @param client as the owner of the tables, because judged decisions change for nobody else
 * @param told after every batch, with how many of it
 */
export async function reseal(
  client: pg.ClientBase,
  told: (place: string, count: number) => void,
): Promise<Outcome[]> {
  await client.query(`set lock_timeout = ${LOCK_PATIENCE}`);
  const outcomes: Outcome[] = [];
  for (const place of SEALED) {
    const outcome = { place: nameOf(place), resealed: 0, closed: 0 };
    outcomes.push(outcome);
    let after: string | undefined;
    do {
      const batch: Batch = await resealBatch(client, place, after);
      after = batch.last;
      outcome.resealed += batch.resealed;
      outcome.closed += batch.closed;
      if (batch.resealed > 0) told(outcome.place, batch.resealed);
    } while (after !== undefined);
  }
  return outcomes;
}

type Batch = { last: string | undefined; resealed: number; closed: number };

async function resealBatch(
  client: pg.ClientBase,
  place: Place,
  after: string | undefined,
): Promise<Batch> {
  const [table, column] = [getTableName(place.table), place.column.name].map((name) =>
    pg.escapeIdentifier(snake(name)),
  );
  for (let attempt = 1; ; attempt += 1) {
    await client.query("begin");
    try {
      // Whole rows are read only of those that fit: what stands before a row adds up to its place.
      const { rows } = await client.query(
        `select id, ${column} as value from ${table} where id in (
           select id from (
             select id, sum(size) over (order by id) - size as before from (
               select id, octet_length(${column}) as size from ${table}
               where substring(${column} from 1 for ${MARK}) <> $1 and ($2::uuid is null or id > $2)
               order by id limit ${BATCH}) next) sized
           where before < ${BATCH_BYTES})
         order by id for no key update`,
        [currentMark(), after ?? null],
      );
      const values = found.parse(rows);
      const opened = values.flatMap(({ id, value }) => {
        const plain = openOrNull(value, place.context);
        return plain ? [{ id, value: seal(plain, place.context) }] : [];
      });
      await client.query(
        `update ${table} set ${column} = new.value
         from unnest($1::uuid[], $2::bytea[]) new (id, value) where ${table}.id = new.id`,
        [opened.map(({ id }) => id), opened.map(({ value }) => value)],
      );
      await client.query("commit");
      return {
        last: values.at(-1)?.id,
        resealed: opened.length,
        closed: values.length - opened.length,
      };
    } catch (error) {
      await client.query("rollback");
      if (!isBusy(error) || attempt === 30) throw error;
    }
  }
}

function openOrNull(value: Buffer, context: string): Buffer | null {
  try {
    return unseal(value, context);
  } catch {
    return null;
  }
}

/** A lock that was not to be had in time, or a deadlock that others won. */
const isBusy = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && ["55P03", "40P01"].includes(error.code ?? "");

const nameOf = (place: Place): string => `${getTableName(place.table)}.${snake(place.column.name)}`;

/** As db/client.ts spells columns (casing "snake_case"). */
const snake = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
