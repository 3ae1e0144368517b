import type pg from "pg";

/** How often a text is asked before it is prepared, and how many are: each takes memory on each connection. */
const WORTH_IT = 3;
const MOST = 200;
/** Texts that are counted at a time; those asked once only are forgotten with the others. */
const COUNTED = 2_000;

/** Refusals of a name before anything was done: the plan is of a table's old shape, or another server has it. */
const STALE = ["0A000", "26000", "42P05"];

type Asked = { text: string; name?: string | undefined };

/**
 * Has PostgreSQL take apart and plan once a connection what is asked again and again: for most reads of a
 * page that is ten times the work of their execution. Statements of a transaction, which go past
 * the pool, stay as they are: there what is refused cannot be asked once more.
 * @param isAllowed not through a pool that shares connections, nor where the values should choose the plan
 */
export function prepareReads(pool: pg.Pool, isAllowed: () => boolean): pg.Pool {
  const times = new Map<string, number>();
  const names = new Map<string, string>();
  let isShared = false;

  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || names.size >= MOST) return known;
    const count = (times.get(text) ?? 0) + 1;
    if (times.size >= COUNTED) times.clear();
    times.set(text, count);
    if (count < WORTH_IT) return undefined;
    times.delete(text);
    names.set(text, `read_${names.size}`);
    return names.get(text);
  };

  const ask = pool.query.bind(pool) as (asked: unknown, ...rest: unknown[]) => Promise<unknown>;
  const prepared = async (asked: Asked, name: string, rest: unknown[]): Promise<unknown> => {
    try {
      return await ask({ ...asked, name }, ...rest);
    } catch (error) {
      const code = codeOf(error);
      if (!STALE.includes(code)) throw error;
      // The pool has dropped the connection of what failed, and the stale plan with it.
      isShared ||= code !== "0A000";
      return ask(asked, ...rest);
    }
  };
  pool.query = ((asked: unknown, ...rest: unknown[]) => {
    const name = isAsked(asked) && !isShared && isAllowed() ? nameOf(asked.text) : undefined;
    return name === undefined ? ask(asked, ...rest) : prepared(asked as Asked, name, rest);
  }) as typeof pool.query;
  return pool;
}

const isAsked = (asked: unknown): asked is Asked =>
  typeof asked === "object" &&
  asked !== null &&
  "text" in asked &&
  typeof asked.text === "string" &&
  !("name" in asked && asked.name);

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";
