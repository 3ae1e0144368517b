import { z } from "zod";

import { prose } from "../input";

/** A request's number from an address; what cannot be one is nobody's number, so it is not found. */
export const requestNumber = z
  .string()
  .transform((given) => (/^R-\d{4}-\d{6,12}$/.test(given) ? given : ""));

/** What was before the actor's eyes: two people at once are told of each other. */
export const seen = {
  number: requestNumber,
  revision: z.coerce.number({ error: "errors.field.number" }).int(),
};

/** A text that says something. */
export const words = (max = 5000) =>
  prose(max)
    .transform((text) => text.trim())
    .refine((text) => text !== "", "errors.field.required");
