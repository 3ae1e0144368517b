import { z } from "zod";

import { MEMBER_ROLES } from "@/db/vocabulary/access";
import { CONTACT_KINDS, PLATFORMS, REGIONS } from "@/db/vocabulary/accounts";
import { LOCALES } from "@/db/vocabulary/languages";
import { HOME_REGIONS, type HomeRegion } from "@/db/vocabulary/routes";
import { COUNTRIES, EEA } from "@/lib/countries";
import { emailAddress } from "@/lib/email-address";

import { line, plainLine, uuid } from "../input";

/** A number as people copy it: full-width digits are digits. */
const digits = (shape: RegExp, message: string) =>
  z
    .string({ error: "errors.field.required" })
    .transform((typed) => typed.normalize("NFKC").trim())
    .pipe(z.string().min(1, { error: "errors.field.required", abort: true }).regex(shape, message));

export const uin = digits(/^[1-9]\d{4,19}$/, "accounts.errors.uin");

/** The application's number at the vendor: ten digits, such as 1400000001. */
export const sdkAppId = digits(/^[1-9]\d{9}$/, "accounts.errors.sdkAppId");

export const accountName = line(120);
export const appName = line(120);
export const personName = line(80);

/** An SDK's version as its maker writes it: "8.1.0", "8.1.6122-beta.1". */
export const SDK_VERSION = /^\d[0-9A-Za-z.+-]{0,31}$/;
const BLANK_OR_VERSION = new RegExp(`^$|${SDK_VERSION.source}`);

/** The SDK's version per platform; a platform left blank is not used. */
const platforms = z
  .partialRecord(
    z.enum(PLATFORMS),
    z
      .string()
      .transform((typed) => typed.normalize("NFKC").trim())
      .pipe(z.string().regex(BLANK_OR_VERSION, "accounts.errors.sdkVersion")),
  )
  .transform((versions) =>
    PLATFORMS.flatMap((platform) => {
      const sdkVersion = versions[platform];
      return sdkVersion ? [{ platform, sdkVersion }] : [];
    }),
  );

/** How the vendor ranks an account, in its own word. */
export const tierWord = plainLine(40);
/** Blank where it does not rank it. */
export const accountTier = tierWord.nullable();

/** A word to choose accounts by. Lists of them are written with commas and semicolons, so none is in it. */
export const accountTag = plainLine(30).refine(
  (tag) => !/[,，、;；]/.test(tag),
  "accounts.errors.tagSeparator",
);

/** As they are typed or stand in a cell: "金融、教育", "finance; education"; each once, by their letters. */
export const accountTags = z
  .string()
  .max(1000, "errors.field.tooLong")
  .transform((typed) =>
    [
      ...new Set(
        typed
          .normalize("NFKC")
          .split(/[,、;\n]/)
          .map((tag) => tag.replaceAll(/\s+/g, " ").trim())
          .filter((tag) => tag !== ""),
      ),
    ].sort(),
  )
  .superRefine((tags, ctx) => {
    // Of the field as a whole: it has no rows to stand at.
    const refuse = (message = "errors.field.invalid") => ctx.addIssue({ code: "custom", message });
    const wrong = tags.map((tag) => accountTag.safeParse(tag)).find(({ success }) => !success);
    if (wrong) refuse(wrong.error?.issues[0]?.message);
    if (tags.length > 20) refuse("accounts.errors.tooManyTags");
  });

/** Where it is at home, by which its mails are routed; null where nobody has said it. */
export const homeRegion = z.enum(HOME_REGIONS, { error: "errors.field.invalid" }).nullable();

/** The same as another system says it: a region, or a country whose region it is. Null takes it away. */
export const toldRegion = z
  .string({ error: "accounts.errors.csv.homeRegion" })
  .refine((told) => regionOf(told) !== undefined, "accounts.errors.csv.homeRegion")
  .transform((told) => regionOf(told) ?? null)
  .nullable();

/** The region's own code, or by the country's in ISO 3166-1: Hong Kong's and Macao's are not the mainland's. */
export function regionOf(told: string): HomeRegion | undefined {
  const region = HOME_REGIONS.find((one) => one === told);
  if (region || !COUNTRIES.has(told)) return region;
  if (told === "CN") return "cn";
  return EEA.has(told) ? "eea" : "other";
}

export const accountInput = z.object({
  ...{ uin, name: accountName },
  tier: accountTier.default(null),
  homeRegion: homeRegion.default(null),
  tags: accountTags.default([]),
});

export const appInput = z.object({
  accountId: uuid,
  sdkAppId,
  name: appName,
  productId: uuid,
  region: z.enum(REGIONS, { error: "errors.field.required" }).default("cn"),
  apiOnly: z.boolean(),
  platforms,
  /** From a form that adds: what is there already with other values is refused, not overwritten. */
  asNew: z.boolean().default(false),
});

export const memberInput = z.object({
  accountId: uuid,
  email: emailAddress,
  name: personName,
  role: z.enum(MEMBER_ROLES, { error: "errors.field.required" }),
  /** For a person not known yet; whoever is known has chosen their own. */
  locale: z.enum(LOCALES).default("zh-CN"),
  /** From a form that adds: who is a member already with another role is refused, not changed. */
  asNew: z.boolean().default(false),
  /** The address was somebody else's before, and whoever adds it has said that this is another person. */
  isAnotherPerson: z.boolean().default(false),
  /** From a form that edits: a page from before a change of address must not enter the old one anew. */
  memberId: uuid.optional(),
});

export const contactInput = z.object({
  accountId: uuid,
  kind: z.enum(CONTACT_KINDS, { error: "errors.field.required" }),
  email: emailAddress,
  /** What the account calls the contact: a person, a desk, a rota. */
  name: plainLine(80),
  /** For a person not known yet; whoever is known has chosen their own. */
  locale: z.enum(LOCALES).default("zh-CN"),
});

/** The two parts of a confirmation mail's link, whatever somebody made of them. */
export const confirmationLink = z.object({
  confirmationId: z.string().max(100),
  token: z.string().max(200),
});
