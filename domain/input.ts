import { z } from "zod";

/** NUL is refused by PostgreSQL, a lone surrogate by UTF-8: both are named before they get there. */
const storable = (value: string) => value.isWellFormed() && !value.includes("\u0000");

/** One line of text: trimmed, 1 to `max` characters, no line ends or control characters. */
export const line = (max: number) =>
  z
    .string({ error: "errors.field.required" })
    .trim()
    .min(1, "errors.field.required")
    .max(max, "errors.field.tooLong")
    .refine(storable, "errors.field.unstorable")
    .refine((value) => !/\p{Cc}/u.test(value), "errors.field.oneLine");

/** A text of several lines, up to `max` characters; line ends become LF. */
export const prose = (max: number) =>
  z
    .string({ error: "errors.field.required" })
    .max(max, "errors.field.tooLong")
    .refine(storable, "errors.field.unstorable")
    .transform((value) => value.replaceAll(/\r\n?/g, "\n"));

export const uuid = z.uuid({ error: "errors.field.invalid" });
