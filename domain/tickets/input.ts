import { z } from "zod";

import { LOCALES } from "@/db/vocabulary/languages";
import { DELETION_GROUNDS, REQUEST_TYPES } from "@/db/vocabulary/requests";
import { TOKEN_SCOPES } from "@/db/vocabulary/tickets";
import { emailAddress } from "@/lib/email-address";

import { calendarDate, line, plainLine, prose } from "../input";

/** Minutes: a link lives at least five, a day unless asked otherwise, a week at most. */
export const LINK_MINUTES = { least: 5, standard: 24 * 60, most: 7 * 24 * 60 } as const;

/** Identifiers that a link may bring along; longer lists are pasted by the person themselves. */
export const MOST_PREFILLED = 100;
const LONGEST_SUBJECT = 128;

/** Invisible, so that nobody could check it: the rule that the wizard has for its lines too. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u;

/** A ticket's number as the support system writes it. */
export const ticketNumber = plainLine(64);

/** A JSON object of these fields and no other: a mistyped name is told instead of ignored. */
const exactly = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === "unrecognized_keys" ? "tickets.errors.unknownField" : "tickets.errors.object",
  });

/** What the wizard starts with. All of it may be changed there, and none is looked up. */
export const prefillInput = exactly({
  type: z.enum(REQUEST_TYPES, { error: "tickets.errors.type" }).optional(),
  ground: z.enum(DELETION_GROUNDS, { error: "tickets.errors.ground" }).optional(),
  sdkAppId: z
    .string({ error: "tickets.errors.sdkAppId" })
    .regex(/^\d{1,20}$/, "tickets.errors.sdkAppId")
    .optional(),
  appName: line(100).optional(),
  facts: prose(5000)
    .refine((text) => text.trim() !== "", "errors.field.required")
    .optional(),
  subjects: z
    .array(
      line(LONGEST_SUBJECT).refine((text) => !INVISIBLE.test(text), "errors.field.disguising"),
      { error: "tickets.errors.subjects" },
    )
    .min(1, "tickets.errors.subjects")
    .max(MOST_PREFILLED, "tickets.errors.subjects")
    .transform((all) => [...new Set(all)])
    .optional(),
}).refine(({ type, ground }) => !ground || type === "delete", {
  path: ["ground"],
  error: "tickets.errors.groundOfDeletion",
});
export type Prefill = z.output<typeof prefillInput>;

/** The published thing that a link to read names: a policy version, an incident or an announcement. */
export const noticeInput = z.union(
  [
    z.strictObject({
      policy: z.string().regex(/^[a-z0-9-]{1,80}$/),
      version: z.string().regex(/^[A-Za-z0-9.-]{1,40}$/),
    }),
    z.strictObject({ incident: z.string().regex(/^I-\d{4}-\d{6,12}$/) }),
    z.strictObject({ announcement: z.uuid() }),
  ],
  { error: "tickets.errors.notice" },
);
export type NamedNotice = z.output<typeof noticeInput>;

/** Times that a limited link opens what it leads to. */
export const MOST_USES = 100;

/** A notice by the words that a form and the list of links name it by. */
export function nameOfNotice(notice: NamedNotice): string {
  if ("policy" in notice) return `policy ${notice.policy} ${notice.version}`;
  if ("incident" in notice) return `incident ${notice.incident}`;
  return `announcement ${notice.announcement}`;
}

/** A notice as a form names it: "policy im-privacy-guide 3.2", "incident I-2026-000012", "announcement <id>". */
export function namedNotice(value: string): z.input<typeof noticeInput> {
  const [kind, name = "", version = ""] = value.split(" ");
  if (kind === "incident") return { incident: name };
  if (kind === "announcement") return { announcement: name };
  return { policy: name, version };
}

const common = {
  ticketNumber,
  locale: z.enum(LOCALES, { error: "tickets.errors.locale" }).default("zh-CN"),
  expiresInMinutes: z
    .int({ error: "tickets.errors.minutes" })
    .min(LINK_MINUTES.least, "tickets.errors.minutes")
    .max(LINK_MINUTES.most, "tickets.errors.minutes")
    .default(LINK_MINUTES.standard),
  /** The mail address of the one person who may go on; left out, whoever holds the link may. */
  person: emailAddress.optional(),
  mostUses: z
    .int({ error: "tickets.errors.uses" })
    .min(1, "tickets.errors.uses")
    .max(MOST_USES, "tickets.errors.uses")
    .optional(),
};

/** A link as it is asked for, by a machine or by support. One purpose, and what belongs to it. */
export const ticketLinkInput = z.discriminatedUnion(
  "purpose",
  [
    exactly({
      ...common,
      purpose: z.literal("file_request"),
      prefill: prefillInput.default({}),
    }),
    exactly({ ...common, purpose: z.literal("read_notice"), notice: noticeInput }),
    exactly({
      ...common,
      purpose: z.literal("read_request"),
      request: z
        .string({ error: "tickets.errors.request" })
        .trim()
        .regex(/^R-\d{4}-\d{6,12}$/, "tickets.errors.request"),
    }),
    exactly({ ...common, purpose: z.literal("deregister_account"), uin: plainLine(40) }),
  ],
  {
    error: ({ code }) =>
      code === "invalid_union" ? "tickets.errors.purpose" : "tickets.errors.object",
  },
);
export type TicketLinkWish = z.input<typeof ticketLinkInput>;

/** Days: how long a token lasts unless asked otherwise, and at most. */
export const TOKEN_DAYS = { standard: 365, most: 400 } as const;

/** A new API token: a name to know it by, what it may do, and its last day in Asia/Shanghai. */
export const tokenInput = z.object({
  name: plainLine(60),
  scopes: z.array(z.enum(TOKEN_SCOPES)).min(1, "tickets.errors.scopes"),
  expiresOn: calendarDate(),
});
