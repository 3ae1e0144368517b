import { sql } from "drizzle-orm";
import pg from "pg";

import { db } from "@/db/client";
import { answerVersion } from "@/domain/policies/answer";
import { env } from "@/lib/env";
import { answerTo } from "@/tests/support/answers";
import { acting } from "@/tests/support/context";
import { givenMajorChange } from "@/tests/support/policies";
import { givenMembers } from "@/tests/support/broadcasts";

import { openOwnDatabase } from "./ground";
import { timed, type Workload } from "./measure";

const MANY = 1000;

export const acknowledgements: Workload = {
  id: "B11",
  name: "Acknowledgements in a burst",
  about:
    "1,000 owners answer a major change, eight at a time, each with its record and receipt, beside the bare upsert of one row an account, eight at a time.",
  async run() {
    openOwnDatabase();
    const desk = await givenMajorChange();
    await givenMembers(desk.productId, MANY, "answering");
    const { rows } = await db.execute<{ account_id: string; user_id: string }>(sql`
      select m.account_id, m.user_id from members m join apps a on a.account_id = m.account_id
      where a.product_id = ${desk.productId} limit ${MANY}`);
    const owners = rows.map(({ account_id: accountId, user_id: id }) => ({
      ...{ kind: "person" as const, id, name: "收件人", email: `${id}@crowd.example` },
      ...{ staffRoles: [], memberships: [{ accountId, role: "owner" as const }] },
    }));
    const before = process.cpuUsage();
    const asked = await watched(() =>
      eightAtATime(owners, (owner) => {
        const [{ accountId } = { accountId: "" }] = owner.memberships;
        return answerVersion(acting(owner, "2026-03-10 10:00"), answerTo(desk.next, { accountId }));
      }),
    );
    const { user, system } = process.cpuUsage(before);
    const pool = new pg.Pool({ connectionString: env().DATABASE_URL, max: 8 });
    await pool.query(
      "create table bare_answers (account_id uuid primary key, answer text, at timestamptz)",
    );
    const bare = await timed(() =>
      eightAtATime(owners, ({ memberships: [membership] }) =>
        pool.query({
          name: "upsert",
          text: "insert into bare_answers values ($1, $2, now()) on conflict (account_id) do update set answer = excluded.answer",
          values: [membership?.accountId, "acknowledged"],
        }),
      ),
    );
    await pool.end();
    const [answers, upserts] = [MANY / (asked.ms / 1000), MANY / (bare / 1000)];
    const each = (ms: number) => Math.round(ms / MANY);
    const why = `an answer is ${each(asked.statements)} statements one after the other and ${each((user + system) / 1000)} ms of this process; of its ${each(asked.ms * AT_ONCE)} ms beside seven others it waits ${each(asked.numberMs)} for its number: numbers have no gaps, so that each answer has its number when the one before is committed`;
    return {
      figures: [
        { what: "answers with record and receipt", value: answers, unit: "/s" },
        { what: "bare upserts", value: upserts, unit: "/s" },
      ],
      ratios: [{ what: "answers ÷ bare upserts", value: answers / upserts, least: 0.5, why }],
    };
  },
};

type Query = (this: unknown, ...given: unknown[]) => unknown;
const client = pg.Client.prototype as unknown as { query: Query };

/** What the database is asked during a step, and for how many milliseconds together numbers were waited for. */
async function watched(step: () => Promise<unknown>) {
  const { query } = client;
  const seen = { statements: 0, numberMs: 0 };
  client.query = function (...given) {
    const begin = performance.now();
    const answer = query.apply(this, given);
    const [first] = given as [string | { text: string }];
    seen.statements += 1;
    if ((typeof first === "string" ? first : first.text).includes('"number_series"'))
      void Promise.resolve(answer).then(() => (seen.numberMs += performance.now() - begin));
    return answer;
  };
  const ms = await timed(step).finally(() => (client.query = query));
  return { ...seen, ms };
}

const AT_ONCE = 8;

async function eightAtATime<Item>(items: readonly Item[], step: (item: Item) => Promise<unknown>) {
  const left = [...items];
  const next = async (): Promise<void> => {
    const item = left.shift();
    if (item === undefined) return;
    await step(item);
    return next();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}
