import { z } from "zod";

import { MEMBER_ROLES } from "@/db/vocabulary/access";
import { PLATFORMS, REGIONS } from "@/db/vocabulary/accounts";
import { LOCALES } from "@/db/vocabulary/languages";
import { emailAddress } from "@/lib/email-address";

import { line } from "../input";
import {
  accountName,
  accountTier,
  appName,
  personName,
  SDK_VERSION,
  sdkAppId,
  toldRegion,
  uin,
} from "./input";
import { integrationProblem } from "./rules";

/** A JSON object of these fields and no other: a mistyped name is told instead of ignored. */
const exactly = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === "unrecognized_keys" ? "accounts.errors.sync.field" : "accounts.errors.sync.object",
  });

const reported = exactly({
  sdkVersion: z
    .string({ error: "errors.field.required" })
    .regex(SDK_VERSION, "accounts.errors.sdkVersion"),
  lastSeen: z.iso.datetime({ offset: true, error: "errors.field.moment" }).optional(),
});

const syncedApp = exactly({
  sdkAppId,
  name: appName,
  product: line(100),
  region: z.enum(REGIONS, { error: "accounts.errors.csv.region" }).optional(),
  apiOnly: z.boolean({ error: "errors.field.invalid" }).default(false),
  platforms: z
    .partialRecord(z.enum(PLATFORMS), reported, { error: "accounts.errors.sync.platforms" })
    .default({}),
}).superRefine((app, ctx) => {
  const problem = integrationProblem({
    apiOnly: app.apiOnly,
    platforms: Object.keys(app.platforms),
  });
  if (problem) ctx.addIssue({ code: "custom", message: problem, path: ["platforms"] });
});

const syncedMember = exactly({
  email: emailAddress,
  name: personName,
  role: z.enum(MEMBER_ROLES, { error: "accounts.errors.csv.role" }),
  locale: z.enum(LOCALES, { error: "accounts.errors.csv.locale" }).default("zh-CN"),
});

/** Each thing once. */
const once =
  <Row>(keyOf: (row: Row) => string) =>
  (rows: readonly Row[]) =>
    new Set(rows.map(keyOf)).size === rows.length;

const MOST_PARTS = 500;

/** A count of changes that the vendor's console keeps for each account. */
export const revision = z
  .int({ error: "accounts.errors.sync.revision" })
  .min(1, "accounts.errors.sync.revision");

const content = {
  revision,
  name: accountName,
  /** Left out, the account stays where it is; null takes its tier away. */
  tier: accountTier.optional(),
  /** Likewise where it is at home: a region, or a country by ISO 3166-1, of which its region is kept. */
  homeRegion: toldRegion.optional(),
  closed: z.boolean({ error: "errors.field.invalid" }).default(false),
  members: z
    .array(syncedMember, { error: "accounts.errors.sync.list" })
    .max(MOST_PARTS, "accounts.errors.sync.tooMany")
    .refine(
      once<z.output<typeof syncedMember>>(({ email }) => email),
      "accounts.errors.sync.memberTwice",
    )
    .optional(),
  apps: z
    .array(syncedApp, { error: "accounts.errors.sync.list" })
    .max(MOST_PARTS, "accounts.errors.sync.tooMany")
    .refine(
      once<z.output<typeof syncedApp>>((app) => app.sdkAppId),
      "accounts.errors.sync.appTwice",
    )
    .optional(),
};

/**
 * What the vendor's console says of one account. A list that is given is the whole list: who or what
 * is not in it has left or is closed; a list that is left out stays as it is.
 */
export const syncedAccount = exactly(content);
/** The same as a line of a bulk, which names its account. */
export const syncedLine = exactly({ uin, ...content });
export type SyncRow = z.output<typeof syncedLine>;
