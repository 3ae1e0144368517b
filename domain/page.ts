import { type SQL, sql, type SQLWrapper } from "drizzle-orm";
import { z } from "zod";

/** Year 0 and years before it have no place in PostgreSQL's calendar as ISO 8601 writes them. */
const inCalendar = (value: string) => !value.startsWith("0000");

/** How a key stands in a cursor, to the last digit, and what can be read back as one. */
const KEY_TYPES = {
  moment: {
    write: (key: SQLWrapper) =>
      sql`to_char(${key} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    schema: z.iso.datetime({ precision: 6 }).refine(inCalendar),
    cast: sql`timestamptz`,
  },
  day: {
    write: (key: SQLWrapper) => sql`to_char(${key}, 'YYYY-MM-DD')`,
    schema: z.iso.date().refine(inCalendar),
    cast: sql`date`,
  },
  text: {
    write: (key: SQLWrapper) => sql`${key}`,
    schema: z
      .string()
      .max(400)
      .refine((value) => value.isWellFormed() && !value.includes("\u0000")),
    cast: sql`text`,
  },
  uuid: { write: (key: SQLWrapper) => sql`${key}::text`, schema: z.guid(), cast: sql`uuid` },
  number: {
    write: (key: SQLWrapper) => sql`${key}::text`,
    schema: z.string().regex(/^-?\d{1,18}$/),
    cast: sql`bigint`,
  },
  flag: {
    write: (key: SQLWrapper) => sql`(${key})::text`,
    schema: z.enum(["true", "false"]),
    cast: sql`boolean`,
  },
} as const;

type KeyType = keyof typeof KEY_TYPES;
export type Key = { of: SQLWrapper; type: KeyType; descending: boolean };

export const up = (type: KeyType, of: SQLWrapper): Key => ({ of, type, descending: false });
export const down = (type: KeyType, of: SQLWrapper): Key => ({ of, type, descending: true });

type List = {
  /** What the list is ordered by. None is ever null, and together they tell any two rows apart. */
  keys: readonly Key[];
  size: number;
  /** As the address has it: `next` or `previous` of another page. What cannot be read is the first page. */
  page: string | undefined;
};

/** What a list's statement takes up, whether drizzle builds it or it is written out. */
type Slice = { cursor: SQL<string>; beyond: SQL; order: SQL; limit: number };

export type Turns = { previous: string | null; next: string | null };

/**
 * The one way to read a list page by page: each row exactly once, however many share a moment, and
 * as fast on the thousandth page as on the first. `read` selects `cursor` beside its columns, keeps
 * the rows `beyond`, and ends with `order` and `limit`.
 */
export async function readPage<Row extends { cursor: string }>(
  list: List,
  read: (slice: Slice) => PromiseLike<readonly Row[]>,
): Promise<{ rows: Omit<Row, "cursor">[] } & Turns> {
  const { keys, size } = list;
  const place = decode(list.page, keys);
  const backwards = place?.turn === "previous";
  const ahead = backwards ? keys.map((key) => ({ ...key, descending: !key.descending })) : keys;
  const found = await read({
    cursor: cursorOf(keys),
    beyond: place ? beyond(ahead, place.values) : sql`true`,
    order: orderOf(ahead),
    limit: size + 1,
  });
  // A place beyond whatever is left of the list, for rows may go: the list begins again.
  if (place && found.length === 0) return readPage({ ...list, page: undefined }, read);

  const shown = found.slice(0, size);
  if (backwards) shown.reverse();
  return {
    rows: shown.map(({ cursor, ...row }) => row),
    ...turnsOf(shown, { place, more: found.length > size }),
  };
}

type Reading = { place: Place | null; more: boolean };

function turnsOf(shown: readonly { cursor: string }[], { place, more }: Reading): Turns {
  const backwards = place?.turn === "previous";
  const [first, last] = [shown.at(0), shown.at(-1)];
  return {
    previous: first && (backwards ? more : place) ? encode("previous", first.cursor) : null,
    next: last && (backwards || more) ? encode("next", last.cursor) : null,
  };
}

const cursorOf = (keys: readonly Key[]) => {
  const written = keys.map(({ of, type }) => KEY_TYPES[type].write(of));
  return sql<string>`json_build_array(${sql.join(written, sql`, `)})::text`;
};

const orderOf = (keys: readonly Key[]): SQL =>
  sql.join(
    keys.map(({ of, descending }) => sql`${of} ${descending ? sql`desc` : sql`asc`}`),
    sql`, `,
  );

/** The rows that come after a place. Where all keys run one way, as one comparison: an index serves it. */
function beyond(keys: readonly Key[], values: readonly string[]): SQL {
  const compared = keys.map(({ of, type, descending }, index) => ({
    of,
    value: sql`${values[index]}::${KEY_TYPES[type].cast}`,
    sign: descending ? sql`<` : sql`>`,
    descending,
  }));
  const [first] = compared;
  if (first && compared.every(({ descending }) => descending === first.descending)) {
    const all = (side: "of" | "value") =>
      sql.join(
        compared.map((one) => one[side]),
        sql`, `,
      );
    return sql`((${all("of")}) ${first.sign} (${all("value")}))`;
  }
  const ways = compared.map(({ of, sign, value }, index) => {
    const same = compared.slice(0, index).map((one) => sql`${one.of} = ${one.value}`);
    return sql`(${sql.join([...same, sql`${of} ${sign} ${value}`], sql` and `)})`;
  });
  return sql`(${sql.join(ways, sql` or `)})`;
}

type Place = { turn: keyof Turns; values: string[] };

const encode = (turn: keyof Turns, cursor: string): string =>
  Buffer.from(`${turn} ${cursor}`).toString("base64url");

function decode(page: string | undefined, keys: readonly Key[]): Place | null {
  const [, turn, cursor] =
    /^(next|previous) (.+)$/s.exec(Buffer.from(page ?? "", "base64url").toString()) ?? [];
  if (cursor === undefined) return null;
  const values = z.array(z.string()).length(keys.length).safeParse(parseJson(cursor));
  const isPlace =
    values.success &&
    keys.every(({ type }, index) => KEY_TYPES[type].schema.safeParse(values.data[index]).success);
  return isPlace ? { turn: turn === "previous" ? turn : "next", values: values.data } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
