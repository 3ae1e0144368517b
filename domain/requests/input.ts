import { z } from "zod";

/** A request's number from an address; what cannot be one is nobody's number, so it is not found. */
export const requestNumber = z
  .string()
  .transform((given) => (/^R-\d{4}-\d{6,12}$/.test(given) ? given : ""));
