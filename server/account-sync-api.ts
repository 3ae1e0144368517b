import "server-only";
import { createHash } from "node:crypto";

import type { Locale } from "@/db/vocabulary/languages";
import {
  closeSync,
  dropSync,
  findSync,
  keepLines,
  openSync,
  type ReadLine,
} from "@/domain/accounts/receive-sync";
import { syncedLine } from "@/domain/accounts/sync-input";
import type { SyncProblem } from "@/domain/accounts/sync-rows";
import type { Context } from "@/domain/context";
import { Invalid } from "@/domain/errors";
import { parse } from "@/domain/parse";
import { readLines, TooLong } from "@/lib/read-lines";

import { ACCOUNT_CALLS_PER_MINUTE } from "./account-api";
import { byToken, idempotencyKeyOf, Refused } from "./api";
import { say } from "./problem";

export const SYNC_LIMITS = { bytes: 256 * 1024 * 1024, lines: 100_000, lineBytes: 256 * 1024 };
/** Lines that are read before others get their turn. */
const AT_ONCE = 200;

/** Takes a bulk line by line, without holding it, and leaves the rest to the worker (docs/api.md). */
export const postSync = byToken({
  may: "account.sync",
  limit: ACCOUNT_CALLS_PER_MINUTE,
  async run({ ctx, request, locale }) {
    const mediaType = request.headers.get("content-type") ?? "";
    if (!/^application\/(x-)?ndjson *(;|$)/i.test(mediaType))
      throw new Refused("unsupported_media_type");
    const isDryRun = new URL(request.url).searchParams.get("dryRun") === "true";
    const idempotencyKey = idempotencyKeyOf(request);
    const sync = await openSync(ctx, { isDryRun, idempotencyKey });
    if (sync.isRepeat) {
      const isSame = (await hashOfBody(request)) === sync.bodyHash && sync.wasDryRun === isDryRun;
      if (!isSame) throw new Refused("idempotency_key_used");
    } else await receive(ctx, request, sync.id);
    return Response.json(await described({ ctx, locale, syncId: sync.id }), {
      status: 202,
      headers: {
        "Cache-Control": "no-store",
        Location: `/api/v1/account-syncs/${sync.id}`,
        ...(sync.isRepeat && { "Idempotency-Replayed": "true" }),
      },
    });
  },
});

export const getSync = byToken<{ id: string }>({
  may: "account.readSynced",
  limit: ACCOUNT_CALLS_PER_MINUTE,
  async run({ ctx, locale, params }) {
    const sync = await described({ ctx, locale, syncId: params.id });
    return Response.json(sync, { headers: { "Cache-Control": "no-store" } });
  },
});

type Wanted = { ctx: Context; locale: Locale; syncId: string };

async function described({ ctx, locale, syncId }: Wanted) {
  const { isDryRun, problems, ...sync } = await findSync(ctx, { syncId });
  return {
    ...sync,
    dryRun: isDryRun,
    problems: problems.map(({ messageKey, values, ...problem }) => ({
      ...problem,
      detail: say(locale, messageKey, values),
    })),
  };
}

/** Nothing of a body that breaks off is kept. @throws Refused */
async function receive(ctx: Context, request: Request, syncId: string): Promise<void> {
  const hash = createHash("sha256");
  try {
    let batch = emptyBatch();
    for await (const { line, text } of readLines(request.body, { ...SYNC_LIMITS, hash })) {
      const read = readOne(text, line);
      if ("row" in read) batch.lines.push({ line, row: read.row });
      else batch.problems.push(...read.problems);
      batch.size += 1;
      if (batch.size < AT_ONCE) continue;
      await keepLines(ctx, { syncId, ...batch });
      batch = emptyBatch();
    }
    await keepLines(ctx, { syncId, ...batch });
    await closeSync(ctx, { syncId, bodyHash: hash.digest("hex") });
  } catch (error) {
    await dropSync(ctx, { syncId });
    throw error instanceof TooLong ? new Refused("too_large") : error;
  }
}

const emptyBatch = () => ({ lines: [] as ReadLine[], problems: [] as SyncProblem[], size: 0 });

function readOne(text: string, line: number) {
  try {
    return { row: parse(syncedLine, JSON.parse(text)) };
  } catch (error) {
    if (!(error instanceof Invalid) && !(error instanceof SyntaxError)) throw error;
    const fields =
      error instanceof Invalid ? error.fields : { "": ["accounts.errors.sync.notJson"] };
    return {
      problems: Object.entries(fields).flatMap(([path, keys]) =>
        keys.map((messageKey) => ({
          ...{ line, uin: "", messageKey },
          pointer: path && `/${path.replaceAll(".", "/")}`,
        })),
      ),
    };
  }
}

async function hashOfBody(request: Request): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of request.body ?? []) hash.update(chunk);
  return hash.digest("hex");
}
