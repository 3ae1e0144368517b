import { z } from "zod";

import { ACCOUNT_CHANNELS, ENDPOINT_TOPICS } from "@/db/vocabulary/endpoints";
import { LOCALES } from "@/db/vocabulary/languages";

import { line, pageInput, plainLine, uuid } from "../input";

const choice = { error: "errors.field.required" };

/** What is chosen of an endpoint that stands. */
const chosen = {
  name: plainLine(60),
  topics: z.array(z.enum(ENDPOINT_TOPICS)).min(1, "endpoints.errors.noTopic"),
  locale: z.enum(LOCALES, choice),
};

export const addEndpointInput = z.object({
  accountId: uuid,
  channel: z.enum(ACCOUNT_CHANNELS, choice),
  ...chosen,
  address: line(500),
  /** The signature's secret as the robot's settings show it; left empty where it has none. */
  secret: line(200).optional(),
});

/** A browser as it names itself when it subscribes (`PushSubscription.toJSON()`). */
export const addBrowserInput = z.object({
  address: line(1000),
  p256dh: line(200),
  auth: line(100),
  locale: z.enum(LOCALES, choice),
});

export const changeEndpointInput = z.object({ endpointId: uuid, ...chosen });
export const endpointInput = z.object({ endpointId: uuid });
export const dispatchInput = z.object({ endpointId: uuid, dispatchId: uuid });
export const endpointPage = z.object({ endpointId: uuid, ...pageInput });
