import { register } from "node:module";
import { eq } from "drizzle-orm";

import { closeDatabase, db } from "@/db/client";
import { accounts, accountSyncs, auditEntries, products } from "@/db/schema";
import { syncAccounts } from "@/jobs/due";
import { provideFor } from "@/tests/support/environment";
import { givenToken } from "@/tests/support/tickets";

// It throws wherever React's server condition is not set.
const empty = `export const resolve = (name, context, next) =>
  name === "server-only" ? { url: "data:text/javascript,", shortCircuit: true } : next(name, context)`;
register(`data:text/javascript,${encodeURIComponent(empty)}`);
const { postSync } = await import("@/server/account-sync-api");

provideFor(process.env.LOAD_DATABASE_URL ?? "");
const many = Number(process.argv[2] ?? 100_000);
const { token } = await givenToken({ scopes: ["accounts_write"] });
await db.insert(products).values({ slug: "im", nameZh: "即时通信", nameEn: "Instant Messaging" });

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

async function measure(what: string, revisionOf: (index: number) => number): Promise<void> {
  let index = 0;
  let bytes = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const lines: string[] = [];
      for (const end = Math.min(many, index + 100); index < end; index += 1)
        lines.push(`${lineOf(index, revisionOf(index))}\n`);
      const piece = new TextEncoder().encode(lines.join(""));
      bytes += piece.byteLength;
      if (piece.byteLength > 0) controller.enqueue(piece);
      else controller.close();
    },
  });
  const request = new Request("http://localhost/api/v1/account-syncs", {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/x-ndjson" },
    body,
    duplex: "half",
  } as RequestInit);
  const begin = performance.now();
  let peak = process.memoryUsage().rss;
  const start = peak;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  const { id } = (await (await postSync(request)).json()) as { id: string };
  const received = performance.now();
  await syncAccounts(new Date());
  clearInterval(watch);
  const [sync] = await db.select().from(accountSyncs).where(eq(accountSyncs.id, id));
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
  const mb = (size: number) => Math.round(size / 1024 / 1024);
  process.stdout.write(
    `${what}: ${mb(bytes)} MB taken in ${seconds(begin, received)} s, carried out in ${seconds(received, performance.now())} s, memory ${mb(start)} to ${mb(peak)} MB; ${sync?.state}, added ${sync?.added}, changed ${sync?.changed}, unchanged ${sync?.unchanged}, problems ${sync?.problemCount}; ${await db.$count(accounts)} accounts and ${await db.$count(auditEntries)} entries on record\n`,
  );
}

await measure("first call", () => 1);
await measure("the same call again", () => 1);
await measure("one bad line in the middle", (index) => (index === many / 2 ? 0 : 2));
await measure("every account with its next revision", () => 2);
await closeDatabase();
