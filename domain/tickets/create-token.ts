import type { Tx } from "@/db/client";
import { apiTokens } from "@/db/schema";
import type { TokenScope } from "@/db/vocabulary/tickets";
import { addDays, shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";

import { apiTokenHint, hashApiToken, newApiToken } from "./api-token";
import { person } from "../access/permissions";
import type { Actor } from "../context";
import { Invalid } from "../errors";
import { verb } from "../verb";
import { TOKEN_DAYS, tokenInput } from "./input";

/**
 * Makes an API token. What it returns is shown once: only the hash is kept. The last day counts in
 * full, to its midnight in Asia/Shanghai.
 * @throws Invalid where the name is taken or the last day is over or too far ahead
 */
export const createToken = verb({
  may: "token.manage",
  fresh: true,
  input: tokenInput,

  async run({ tx, actor, now, record }, { name, scopes, expiresOn }) {
    const expiresAt = endOf(expiresOn, now);
    const written = await writeToken(tx, { name, scopes, expiresAt, actor, now });
    if (!written) throw new Invalid("errors.form", { name: ["tickets.errors.nameTaken"] });
    await record("api_token.created", {
      id: written.id,
      after: { name, scopes, expiresAt },
    });
    return { ...written, name };
  },
});

/** The midnight that ends a last day. @throws Invalid where it is over or too far ahead */
export function endOf(expiresOn: string, now: Date): Date {
  const today = shanghaiDay(now);
  if (expiresOn < today)
    throw new Invalid("errors.form", { expiresOn: ["tickets.errors.lastDayOver"] });
  if (expiresOn > addDays(today, TOKEN_DAYS.most))
    throw new Invalid("errors.form", { expiresOn: ["tickets.errors.lastDayFar"] });
  return shanghaiMidnight(addDays(expiresOn, 1));
}

type Writing = {
  name: string;
  scopes: readonly TokenScope[];
  expiresAt: Date;
  actor: Actor;
  now: Date;
  /** Where it is an account's own. */
  only?: { accountId: string; appId: string | null };
};

/** Writes a new token's row; null where its name is taken. */
export async function writeToken(tx: Tx, { name, scopes, expiresAt, actor, now, only }: Writing) {
  const token = newApiToken();
  const [written] = await tx
    .insert(apiTokens)
    .values({
      name,
      scopes: [...new Set(scopes)],
      tokenHash: hashApiToken(token),
      hint: apiTokenHint(token),
      createdBy: person(actor).id,
      createdAt: now,
      expiresAt,
      ...only,
    })
    .onConflictDoNothing()
    .returning({ id: apiTokens.id });
  return written ? { id: written.id, token } : null;
}
