import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { dispatches, endpoints } from "@/db/schema";
import type { AccountChannel, EndpointTopic } from "@/db/vocabulary/endpoints";
import { ADDRESS } from "@/domain/broadcasts/claim-dispatches";
import type { Context, Person } from "@/domain/context";
import { addEndpoint } from "@/domain/endpoints/add";
import { addBrowser } from "@/domain/endpoints/add-browser";
import { listOwnBrowsers } from "@/domain/endpoints/list-browsers";
import { numberKey } from "@/domain/endpoints/ask-number";
import { sha256Hex } from "@/lib/hash";
import { maskNumber } from "@/lib/mobile-number";
import { seal } from "@/lib/seal";
import { SMS_SENDER } from "@/stand-ins/sms/service";
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

/** A mobile number that somebody has confirmed, and the path under which the operator's stand-in shows what is sent there. */
export async function givenNumber(of: Pick<Person, "id">, number: string) {
  const [added] = await db
    .insert(endpoints)
    .values({
      ...{ channel: "sms", userId: of.id, name: "", host: maskNumber(number), locale: "zh-CN" },
      ...{ addressHash: numberKey(number), address: seal(number, ADDRESS), addedBy: of.id },
      ...{ topics: ["incidents"], addedAt: new Date() },
    })
    .returning({ id: endpoints.id });
  return { endpointId: added?.id ?? "", path: `/sms/${number}` };
}

/** The operator is the stand-in at this address. */
export const smsSettings = (url: string) => ({
  ...{ SMS_OPERATOR: `${url}/`, SMS_SENDER_ID: SMS_SENDER.id, SMS_SECRET_KEY: SMS_SENDER.key },
  ...{ SMS_APP_ID: SMS_SENDER.app, SMS_SIGNATURE: SMS_SENDER.signature },
  SMS_TEMPLATES: "incident.zh-CN=1001,incident.en=1002,code.zh-CN=2001,code.en=2002",
});

/** What was posted to an endpoint or waits for it, the first first. */
export const dispatchesTo = (endpointId: string) =>
  db
    .select()
    .from(dispatches)
    .where(eq(dispatches.endpointId, endpointId))
    .orderBy(dispatches.createdAt, dispatches.id);
