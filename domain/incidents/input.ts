import { z } from "zod";

import {
  CHOSEN_CONTACTS,
  DECLARATION_TOPICS,
  PLATFORMS,
  REGIONS,
  USUAL_CONTACTS,
} from "@/db/vocabulary/accounts";
import {
  ACTIONABILITIES,
  ALL_MATTER_PARTS,
  INCIDENT_KINDS,
  MATTERS,
  MEASURE_STATES,
  NOTICE_TYPES,
  SEVERITIES,
  VISIBILITIES,
} from "@/db/vocabulary/incidents";
import { HOME_ZONE, TIME_ZONES } from "@/db/vocabulary/zones";
import { OPERATORS } from "@/db/vocabulary/duties";
import { type Locale, LOCALES } from "@/db/vocabulary/languages";

import { line, moment, pageInput, plainLine, prose, uuid } from "../input";
import { listFile } from "../list-text";
import { soughtWords } from "../words";

const choice = { error: "errors.field.required" };
const titles = z.partialRecord(z.enum(LOCALES), plainLine(120));
const texts = (max: number) => z.partialRecord(z.enum(LOCALES), prose(max));

/** What is known of an incident, as its form sends it. */
export const incidentFields = {
  title: titles.refine((title) => Boolean(title["zh-CN"]), {
    path: ["zh-CN"],
    error: "errors.field.required",
  }),
  kind: z.enum(INCIDENT_KINDS, choice),
  severity: z.enum(SEVERITIES, choice),
  operator: z.enum(OPERATORS, choice).default("other"),
  concernsEea: z.boolean().default(false),
  visibility: z.enum(VISIBILITIES, choice),
  publicSummary: texts(1000),
  occurredAt: moment.nullable(),
  discoveredAt: moment,
  containmentBegunAt: moment.nullable().default(null),
  containedAt: moment.nullable(),
  resolvedAt: moment.nullable(),
  dataKinds: texts(1000),
  cause: texts(2000),
  contact: plainLine(200),
  ownerId: uuid,
};

/** Of a new incident: whether it is a rehearsal. One is open to who was told alone, whatever its form says. */
export const openingFields = { isRehearsal: z.boolean().default(false) };

/** What everybody reads of a restricted incident. */
export const withPublicSummary = <
  Schema extends z.ZodType<{ visibility: string; publicSummary: Partial<Record<Locale, string>> }>,
>(
  schema: Schema,
) =>
  schema.refine(
    ({ visibility, publicSummary }) =>
      visibility !== "restricted" || Boolean(publicSummary["zh-CN"]?.trim()),
    { path: ["publicSummary", "zh-CN"], error: "notices.errors.publicSummary" },
  );

const measure = z.object({
  /** A row just added is of what was done. */
  state: z.enum(MEASURE_STATES, choice).default("taken"),
  /** ISO 8601; a draft may leave it open. */
  at: z.union([z.literal(""), moment.transform((at) => at.toISOString())], {
    error: "errors.field.moment",
  }),
  text: texts(1000),
});

/** The parts of a notice. A draft may be incomplete; `submitNotice` asks for the rest. */
const parts = {
  title: titles,
  situation: texts(5000),
  measures: z.array(measure).max(20, "errors.field.tooMany"),
  adviceDevelopers: z.array(texts(1000)).max(20, "errors.field.tooMany"),
  adviceEndUsers: texts(5000),
  actionability: z.enum(ACTIONABILITIES, choice),
  matter: z.enum(MATTERS).nullable().default(null),
  matterParts: z.partialRecord(z.enum(ALL_MATTER_PARTS), texts(1000)).default({}),
};

/** A number as a form sends it; nothing at all is none. */
const typed = z.union([z.string().trim().min(1, "errors.field.required"), z.number()], {
  error: "errors.field.number",
});
const number = z.coerce.number<string | number>({ error: "errors.field.number" });
const within = (least: number, most: number, error: string) =>
  typed.pipe(number.int("errors.field.number").min(least, error).max(most, error));
/** A percentage of the first wave's mails. */
const percent = typed.pipe(
  number.min(0, "notices.errors.waves.percent").max(100, "notices.errors.waves.percent"),
);
const wavePlan = {
  waitMinutes: within(5, 2880, "notices.errors.waves.wait"),
  ...{ bounced: percent, refused: percent, complained: percent },
};

/** To everybody at once, or how in waves (docs/decisions/081). */
const waves = z.discriminatedUnion("by", [
  z.object({ by: z.literal("once") }),
  z.object({
    by: z.literal("share"),
    first: within(1, 50, "notices.errors.waves.share"),
    ...wavePlan,
  }),
  z.object({
    by: z.literal("people"),
    first: within(1, 100_000, "notices.errors.waves.people"),
    ...wavePlan,
  }),
]);

/** As a field sends it: "2027-03-14T09:30"; whose clock is meant another field says. */
const clockMinute = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)
  .refine((minute) => moment.safeParse(minute).success);

const revision = z.coerce.number().int();

export const noticeInput = z.object({
  noticeId: uuid,
  revision,
  type: z.enum(NOTICE_TYPES, choice),
  correctsId: uuid.nullable(),
  /** An announcement's own; a notice has its incident's. */
  visibility: z.enum(["public", "affected"], choice).optional(),
  notifies: z.boolean().default(true),
  silentReason: prose(1000)
    .transform((text) => text.trim())
    .nullable(),
  /** When an announcement goes out, by the clock of its zone; empty for as soon as it is approved. */
  goesOutAt: z.union([clockMinute, moment], "errors.field.moment").nullable().default(null),
  goesOutZone: z.enum(TIME_ZONES, choice).default(HOME_ZONE),
  waves: waves.default({ by: "once" }),
  ...parts,
  /** The kept wording that this takes back. */
  stateId: uuid.optional(),
});

/** A hundred thousand lines of a CSV file with a few columns. */
const idList = prose(10_000_000);

export const AUDIENCE_WAYS = ["everybody", "rule", "list", "accounts"] as const;

/** What the audience's form sends: a rule, or SDKAppIDs one a line; a file goes before what was pasted. */
export const audienceInput = z.object({
  noticeId: uuid,
  revision,
  by: z.enum(AUDIENCE_WAYS, choice),
  platforms: z.array(z.enum(PLATFORMS)),
  versionRange: z.string().max(2000, "errors.field.tooLong"),
  regions: z.array(z.enum(REGIONS)),
  apiOnly: z.boolean(),
  declared: z.array(z.enum(DECLARATION_TOPICS)).default([]),
  /** All apps of these accounts. */
  accountIds: z.array(uuid).max(1000, "errors.field.tooMany").default([]),
  /** As accounts have them. */
  tags: z.array(plainLine(30)).max(20, "errors.field.tooMany").default([]),
  /** An earlier broadcast; empty for none. */
  toldBy: z.union([z.literal(""), uuid]).default(""),
  /** An empty one says that the form asked, so that none ticked is none and not the usual ones. */
  contacts: z.array(z.enum(["", ...CHOSEN_CONTACTS])).default([...USUAL_CONTACTS]),
  named: idList,
  namedFile: listFile.default(null),
  excluded: idList,
  excludedFile: listFile.default(null),
  /** Leaves out the lines that cannot be used, instead of refusing the list. */
  leavesOut: z.boolean(),
});

/** The notice as the reviewer had it before their eyes. */
export const seenNotice = z.object({ noticeId: uuid, contentHash: z.string() });

export const INCIDENT_STATES = ["open", "ended"] as const;

/** What the address of the readers' list may ask for; what it cannot is passed over. */
export const publishedFilter = z.object({
  /** Its slug. */
  product: line(200).optional().catch(undefined),
  state: z.enum(INCIDENT_STATES).optional().catch(undefined),
  severity: z.enum(SEVERITIES).optional().catch(undefined),
  /** Words that its last notice holds. */
  q: soughtWords.default(""),
  ...pageInput,
});
export type PublishedFilter = z.output<typeof publishedFilter>;
