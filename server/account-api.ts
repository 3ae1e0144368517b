import "server-only";
import type { z } from "zod";

import { findSynced } from "@/domain/accounts/find-synced";
import { putAccount } from "@/domain/accounts/put-account";
import type { syncedAccount } from "@/domain/accounts/sync-input";

import { byToken, readJson } from "./api";

const MOST_BYTES = 1024 * 1024;
/** A console that tells each change as it happens. */
export const ACCOUNT_CALLS_PER_MINUTE = 600;

type Params = { uin: string };

/** An account as it stands here, unless the caller has it already. */
export const getAccount = byToken<Params>({
  may: "account.readSynced",
  limit: ACCOUNT_CALLS_PER_MINUTE,
  async run({ ctx, request, params }) {
    const { state, etag } = await findSynced(ctx, params);
    const headers = { ETag: etag, "Cache-Control": "private, no-cache" };
    const known = (request.headers.get("if-none-match") ?? "").split(/ *, */);
    if (known.includes(etag) || known.includes(`W/${etag}`))
      return new Response(null, { status: 304, headers });
    return Response.json(state, { headers });
  },
});

/** Makes an account what the vendor's console says it is (docs/api.md). */
export const putAccountCall = byToken<Params>({
  may: "account.sync",
  limit: ACCOUNT_CALLS_PER_MINUTE,
  async run({ ctx, request, params }) {
    // The verb's schema judges it; a body of another shape is told field by field.
    const account = (await readJson(request, MOST_BYTES)) as z.input<typeof syncedAccount>;
    const ifMatch = request.headers.get("if-match");
    const { state, etag, isNew } = await putAccount(ctx, { uin: params.uin, account, ifMatch });
    return Response.json(state, {
      status: isNew ? 201 : 200,
      headers: { ETag: etag, "Cache-Control": "no-store" },
    });
  },
});
