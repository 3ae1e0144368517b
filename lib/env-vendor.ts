import { z } from "zod";

/** Who gives notice, and the days the house keeps for what it asks of others and of itself. */
export const VENDOR_VARIABLES = {
  VENDOR_NAME_ZH: z
    .string()
    .default("云桥科技")
    .describe("Name of the company that gives notice, in Chinese pages and mails."),
  VENDOR_NAME_EN: z
    .string()
    .default("Yunqiao Technology")
    .describe("Name of the company that gives notice, in English pages and mails."),
  PRIVACY_CONTACT: z
    .string()
    .includes("@", { error: "must be a mail address" })
    .default("privacy@yunqiao.example")
    .describe("Mail address shown to readers until a contact card is entered."),
  NOTICE_DAYS_MAJOR: z.coerce
    .number()
    .int()
    .min(0)
    .default(30)
    .describe("Days between the notice of a major change and its effect; fewer need a reason."),
  NOTICE_DAYS_MINOR: z.coerce
    .number()
    .int()
    .min(0)
    .default(7)
    .describe("Days between the notice of an ordinary change and its effect; fewer need a reason."),
  OWN_POLICY_DAYS: z
    .string()
    .regex(
      /^(?:off|[1-9]\d{0,2}(?: *, *[1-9]\d{0,2})*)$/,
      "must be off, or days with commas between",
    )
    .default("7,21")
    .transform((list) =>
      list === "off"
        ? []
        : list
            .split(",")
            .map(Number)
            .toSorted((a, b) => a - b),
    )
    .describe(
      "Days after a version that affects end users came into force on which is reminded who has not said that their app's own policy was updated; off: nobody is.",
    ),
  POSTAL_ADDRESS: z
    .string()
    .optional()
    .describe("Postal address shown to readers until a contact card is entered; unset, none is."),
};
