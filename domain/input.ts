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

/** Zero-width characters and those that turn the direction of what follows. */
const DISGUISING = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/;

/** One line that reads as it is stored: nothing in it is invisible or turns what stands beside it. */
export const plainLine = (max: number) =>
  line(max).refine((value) => !DISGUISING.test(value), "errors.field.disguising");

/** "2026-03-02T09:30" as a field of a form sends it: by Beijing's clock. */
const withOffset = (typed: string) => {
  const [, minute, second = ":00"] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?$/.exec(typed) ?? [];
  return minute ? `${minute}${second}+08:00` : typed;
};

/**
 * A day of years that PostgreSQL writes as we do, with its midnight in Shanghai and the day after: there is
 * no year 0, and from 10000 on they have a sign.
 */
export const calendarDate = (error = "errors.field.date") =>
  z.iso
    .date({ error, abort: true })
    .refine((day) => day > "0001-01-01" && day < "9999-12-31", error);

const EARLIEST = Date.parse("0001-01-01T00:00:00Z");
const LATEST = Date.parse("9999-12-31T23:59:59.999+08:00");

/** A moment in ISO 8601; without an offset it is one of Beijing's clock. */
export const moment = z
  .string({ error: "errors.field.moment" })
  .transform(withOffset)
  .pipe(z.iso.datetime({ offset: true, error: "errors.field.moment" }))
  .transform((value) => new Date(value))
  .refine((at) => Number(at) >= EARLIEST && Number(at) <= LATEST, "errors.field.moment");

/** The ends of lines that word processors know besides LF. */
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/** Control characters besides the tab and the end of a line: nobody typed them, nobody can read them. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;

/** A text of several lines, up to `max` characters; line ends become LF, other control characters go. */
export const prose = (max: number) =>
  z
    .string({ error: "errors.field.required" })
    .max(max, "errors.field.tooLong")
    .refine(storable, "errors.field.unstorable")
    .transform((value) => value.replaceAll(LINE_ENDS, "\n").replaceAll(CONTROLS, ""));

/** A number typed as it is shown, with separators: "3,009". */
export const typedCount = z
  .union([z.string(), z.number()], { error: "errors.field.number" })
  .transform((typed) => String(typed).replaceAll(/[\s,，]/g, ""))
  .pipe(z.coerce.number<string>({ error: "errors.field.number" }).int("errors.field.number"));

export const uuid = z.uuid({ error: "errors.field.invalid" });

/** What a list is searched for, as an address carries it; what cannot be looked for finds all. */
export const searchText = z.string().trim().max(200).refine(storable).default("").catch("");

/** Which page of a list: what `readPage` gave as `next` or `previous`, as an address carries it. */
export const pageInput = { page: z.string().max(2_000).optional().catch(undefined) };

/** The same, where a part of another page shows the first few alone. */
export const sizedPage = (most: number) => ({
  ...pageInput,
  size: z.int().min(1).max(most).default(most).catch(most),
});
