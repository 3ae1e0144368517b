import { z } from "zod";

import { ENDPOINT_CHANNELS, ENDPOINT_TOPICS } from "@/db/vocabulary/endpoints";
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
  channel: z.enum(ENDPOINT_CHANNELS, choice),
  ...chosen,
  address: line(500),
  /** The signature's secret as the robot's settings show it; left empty where it has none. */
  secret: line(200).optional(),
});

export const changeEndpointInput = z.object({ endpointId: uuid, ...chosen });
export const endpointInput = z.object({ endpointId: uuid });
export const dispatchInput = z.object({ endpointId: uuid, dispatchId: uuid });
export const endpointPage = z.object({ endpointId: uuid, ...pageInput });
