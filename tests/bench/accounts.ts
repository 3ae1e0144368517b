import { register } from "node:module";
import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { accountSyncs, products } from "@/db/schema";
import { syncAccounts } from "@/jobs/due";
import { givenToken } from "@/tests/support/tickets";

import { openOwnDatabase } from "./ground";
import { type Figure, timed, type Workload } from "./measure";

/** `BENCH_SIZES` names another number. */
const MANY = Number(process.env.BENCH_SIZES?.split(",").at(-1) ?? 10_000);

export const accountSync: Workload = {
  id: "accounts",
  name: "Accounts from the console in one call",
  about:
    "10,000 accounts in one call of the vendor's console, with two members and two apps each: new, once more as they are, with a bad line in the middle, and each with its next revision.",
  async run() {
    openOwnDatabase();
    // It throws wherever React's server condition is not set.
    const empty = `export const resolve = (name, context, next) =>
      name === "server-only" ? { url: "data:text/javascript,", shortCircuit: true } : next(name, context)`;
    register(`data:text/javascript,${encodeURIComponent(empty)}`);
    const { postSync } = await import("@/server/account-sync-api");
    const { token } = await givenToken({ scopes: ["accounts_write"] });
    await db
      .insert(products)
      .values({ slug: "im", nameZh: "即时通信", nameEn: "Instant Messaging" });
    const call = (revisionOf: Revisions) => measure(postSync, token, revisionOf);
    const calls: Record<string, Call> = {
      new: await call(() => 1),
      "as they are": await call(() => 1),
      "with a bad line": await call((index) => (index === MANY / 2 ? 0 : 2)),
      "with their next revision": await call(() => 2),
    };
    const size = MANY;
    return {
      figures: Object.entries(calls).flatMap(([what, { taken, done, peak }]): Figure[] => [
        { what: `${what}: taken`, value: taken, unit: "s", size },
        { what: `${what}: carried out`, value: done, unit: "s", size },
        { what: `${what}: memory at most`, value: peak, unit: "MB", size },
      ]),
      ratios: [],
      lines: Object.entries(calls).map(([what, { said }]) => `${what}: ${said}`),
    };
  },
};

type Revisions = (index: number) => number;
/** Seconds, MB, and what became of the lines. */
type Call = { taken: number; done: number; peak: number; said: string };

/** An account with two members and two apps, one of them seen by telemetry. */
function lineOf(index: number, revision: number): string {
  const [uin, sdkAppId] = [String(900_000_000_000 + index), 1_400_000_000 + index * 2];
  const member = (role: string) => ({ email: `${role}-${index}@load.example`, name: "姓名", role });
  const app = (id: number, platforms: object) => ({
    ...{ sdkAppId: String(id), name: `应用 ${id}`, product: "im", platforms },
  });
  return JSON.stringify({
    ...{ uin, revision, name: `公司 ${index}`, members: [member("owner"), member("member")] },
    apps: [
      app(sdkAppId, { android: { sdkVersion: "8.1.0", lastSeen: "2026-11-20T08:00:00Z" } }),
      app(sdkAppId + 1, { ios: { sdkVersion: "8.0.2" }, web: { sdkVersion: "4.4.0" } }),
    ],
  });
}

async function measure(
  postSync: (request: Request) => Promise<Response>,
  token: string,
  revisionOf: Revisions,
): Promise<Call> {
  const request = new Request("http://localhost/api/v1/account-syncs", {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/x-ndjson" },
    body: linesOf(revisionOf),
    duplex: "half",
  } as RequestInit);
  let peak = process.memoryUsage().rss;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  let id = "";
  const taken = await timed(async () => {
    ({ id } = (await (await postSync(request)).json()) as { id: string });
  });
  const done = await timed(() => syncAccounts(new Date()));
  clearInterval(watch);
  const [sync] = await db.select().from(accountSyncs).where(eq(accountSyncs.id, id));
  const { state, added, changed, unchanged, problemCount } = sync ?? {};
  return {
    ...{ taken: taken / 1000, done: done / 1000, peak: peak / 1024 / 1024 },
    said: `${state}, added ${added}, changed ${changed}, unchanged ${unchanged}, problems ${problemCount}`,
  };
}

function linesOf(revisionOf: Revisions): ReadableStream<Uint8Array> {
  let index = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const lines: string[] = [];
      for (const end = Math.min(MANY, index + 100); index < end; index += 1)
        lines.push(`${lineOf(index, revisionOf(index))}\n`);
      if (lines.length > 0) controller.enqueue(new TextEncoder().encode(lines.join("")));
      else controller.close();
    },
  });
}
