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
    const ours = await timed(() =>
      eightAtATime(owners, (owner) => {
        const [{ accountId } = { accountId: "" }] = owner.memberships;
        return answerVersion(acting(owner, "2026-03-10 10:00"), answerTo(desk.next, { accountId }));
      }),
    );
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
    const [answers, upserts] = [MANY / (ours / 1000), MANY / (bare / 1000)];
    return {
      figures: [
        { what: "answers with record and receipt", value: answers, unit: "/s" },
        { what: "bare upserts", value: upserts, unit: "/s" },
      ],
      ratios: [{ what: "answers ÷ bare upserts", value: answers / upserts, least: 0.5 }],
    };
  },
};

async function eightAtATime<Item>(items: readonly Item[], step: (item: Item) => Promise<unknown>) {
  const left = [...items];
  const next = async (): Promise<void> => {
    const item = left.shift();
    if (item === undefined) return;
    await step(item);
    return next();
  };
  await Promise.all(Array.from({ length: 8 }, next));
}
