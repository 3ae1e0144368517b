import { apiTokens } from "@/db/schema";
import { addDays, shanghaiMidnight } from "@/lib/shanghai";

import { apiTokenHint, hashApiToken, newApiToken } from "./api-token";
import { person } from "../access/permissions";
import { Invalid } from "../errors";
import { verb } from "../verb";
import { tokenInput } from "./input";

/**
 * Makes an API token. What it returns is shown once: only the hash is kept. The last day counts in
 * full, to its midnight in Asia/Shanghai.
 * @throws Invalid where the name is taken or the last day is over
 */
export const createToken = verb({
  may: "token.manage",
  input: tokenInput,

  async run({ tx, actor, now, record }, { name, scopes, expiresOn }) {
    const expiresAt = expiresOn ? shanghaiMidnight(addDays(expiresOn, 1)) : null;
    if (expiresAt && expiresAt <= now)
      throw new Invalid("errors.form", { expiresOn: ["tickets.errors.lastDayOver"] });
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
      })
      .onConflictDoNothing()
      .returning({ id: apiTokens.id });
    if (!written) throw new Invalid("errors.form", { name: ["tickets.errors.nameTaken"] });
    await record("api_token.created", {
      id: written.id,
      after: { name, scopes, expiresAt },
    });
    return { id: written.id, name, token };
  },
});
