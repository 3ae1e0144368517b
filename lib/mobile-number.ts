import { z } from "zod";

/** A mobile number of mainland China as people write it: with or without +86, with blanks and hyphens. */
const WRITTEN = /^(?:\+?86|0086)?(1[3-9]\d{9})$/;

/** Such a number, as operators take it: "+8613800000000". */
export const mobileNumber = z
  .string({ error: "errors.field.required" })
  .max(40, "errors.field.tooLong")
  .transform((typed) => WRITTEN.exec(typed.normalize("NFKC").replaceAll(/[\s()-]/g, ""))?.[1])
  .refine((digits) => digits !== undefined, "endpoints.errors.noNumber")
  .transform((digits) => `+86${digits}`);

/** What a page shows of it: "+86 138****0000". */
export const maskNumber = (number: string): string =>
  `${number.slice(0, 3)} ${number.slice(3, 6)}****${number.slice(-4)}`;
