import { eq } from "drizzle-orm";

import { ADDRESSES } from "@/channels/addresses";
import { accounts, endpoints } from "@/db/schema";
import { unsealText } from "@/lib/seal";

import { membershipIn } from "../access/permissions";
import { ADDRESS, SECRET } from "../broadcasts/claim-dispatches";
import { NotFound } from "../errors";
import { query } from "../query";
import { endpointPage } from "./input";
import { readLog } from "./log";
import { ENDPOINT_ROLES } from "./rules";

export type OwnEndpoint = Awaited<ReturnType<typeof findOwnEndpoint>>;

/**
 * An endpoint of an account of the reader's, with all that was posted to it, the latest first. Who may
 * change it sees its address and the secret that signs; a plain member that it stands.
 * @throws NotFound for somebody else's
 */
export const findOwnEndpoint = query({
  may: "endpoint.readOwn",
  input: endpointPage,

  async run({ db, actor, now }, { endpointId, page }) {
    const [row] = await db
      .select({ endpoint: endpoints, accountName: accounts.name, uin: accounts.uin })
      .from(endpoints)
      .innerJoin(accounts, eq(accounts.id, endpoints.accountId))
      .where(eq(endpoints.id, endpointId));
    if (!row) throw new NotFound("errors.notFound");
    const { accountId } = row.endpoint;
    if (!accountId) throw new NotFound("errors.notFound");
    const { role } = membershipIn(actor, accountId);
    const canManage = ENDPOINT_ROLES.some((one) => one === role);
    const { address, secret, secretBefore: _, secretBeforeUntil: until, ...rest } = row.endpoint;
    return {
      ...rest,
      account: { id: accountId, name: row.accountName, uin: row.uin },
      canManage,
      secretKind: ADDRESSES[rest.channel].secret,
      address: canManage && address ? unsealText(address, ADDRESS) : null,
      // Of a robot it is the receiver's own, which its people can read there.
      secret:
        canManage && secret && ADDRESSES[rest.channel].secret === "made"
          ? unsealText(secret, SECRET)
          : null,
      bothSecretsUntil: until && until > now ? until : null,
      log: await readLog(db, { actor, endpointId, page, showsBodies: canManage }),
    };
  },
});
