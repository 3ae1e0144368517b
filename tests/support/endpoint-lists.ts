import { sql } from "drizzle-orm";

import { db } from "@/db/client";
import { listDispatches } from "@/domain/broadcasts/list-dispatches";
import { findOwnEndpoint } from "@/domain/endpoints/find";
import { testEndpoint } from "@/domain/endpoints/test";

import { tellProduct } from "./broadcasts";
import { acting } from "./context";
import { copyOf, copyRow } from "./copies";
import { dispatchesTo, givenEndpoint } from "./endpoints";
import { as, type Listing, MANY, NOON } from "./page-lists";
import { givenAccount, givenMember, givenProduct, givenStaff } from "./people";

/** What is posted to endpoints, for the test of every list that turns pages. */
export const LISTS_OF_ENDPOINTS: Record<string, () => Promise<Listing>> = {
  async "broadcasts/list-dispatches.ts"() {
    const { account, ctx } = await givenHooked();
    const product = await givenProduct();
    await db.execute(sql`
      insert into apps (account_id, product_id, sdk_app_id, name, created_at)
      values (${account.id}, ${product.id}, 'hooked', '应用', now())`);
    const endpointId = await givenEndpoint(ctx, { accountId: account.id });
    const { id } = await tellProduct(acting(await givenStaff("approver"), NOON), product.id);
    const [first] = await dispatchesTo(endpointId);
    await copyRow("endpoints", {
      ...{ id: endpointId, times: MANY, changes: { address_hash: sql`n::text` } },
    });
    await copyRow("dispatches", {
      ...{ id: first?.id ?? "", times: MANY },
      changes: { endpoint_id: copyOf("endpoints", endpointId) },
    });
    const support = await as("support");
    return { id: "id", read: (page) => listDispatches(support, { broadcastId: id, page }) };
  },
  async "endpoints/log.ts"() {
    const { account, ctx } = await givenHooked();
    const endpointId = await givenEndpoint(ctx, { accountId: account.id });
    await testEndpoint(ctx, { endpointId });
    const [first] = await dispatchesTo(endpointId);
    await copyRow("dispatches", { id: first?.id ?? "", times: MANY, changes: {} });
    return {
      id: "id",
      read: async (page) => (await findOwnEndpoint(ctx, { endpointId, page })).log,
    };
  },
};

async function givenHooked() {
  const account = await givenAccount();
  return { account, ctx: acting(await givenMember(account.id, "owner"), NOON) };
}
