import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { dispatches } from "@/db/schema";
import type { AccountChannel, EndpointTopic } from "@/db/vocabulary/endpoints";
import type { Context } from "@/domain/context";
import { addEndpoint } from "@/domain/endpoints/add";
import { addBrowser } from "@/domain/endpoints/add-browser";
import { listOwnBrowsers } from "@/domain/endpoints/list-browsers";
import { sha256Hex } from "@/lib/hash";
import type { Subscription } from "@/stand-ins/push/service";

type Wish = {
  accountId: string;
  channel?: AccountChannel;
  address?: string;
  topics?: EndpointTopic[];
  secret?: string;
};

/** An endpoint that somebody of the account has added. */
export async function givenEndpoint(ctx: Context, wish: Wish): Promise<string> {
  const { accountId, channel = "webhook", address = "https://hooks.example.com/a", secret } = wish;
  const { id } = await addEndpoint(ctx, {
    ...{ accountId, channel, address, name: "回调", locale: "zh-CN" },
    topics: wish.topics ?? ["incidents", "policies", "announcements", "requests"],
    ...(secret !== undefined && { secret }),
  });
  return id;
}

/** A browser in which somebody turned notices on, and the path that they are pushed to. */
export async function givenBrowser(ctx: Context, { endpoint, keys }: Subscription) {
  await addBrowser(ctx, { address: endpoint, ...keys, locale: "zh-CN", device: "Chrome" });
  const own = await listOwnBrowsers(ctx, {});
  const added = own.find(({ addressHash }) => addressHash === sha256Hex(endpoint));
  return { endpointId: added?.id ?? "", path: new URL(endpoint).pathname };
}

/** What was posted to an endpoint or waits for it, the first first. */
export const dispatchesTo = (endpointId: string) =>
  db
    .select()
    .from(dispatches)
    .where(eq(dispatches.endpointId, endpointId))
    .orderBy(dispatches.createdAt, dispatches.id);
