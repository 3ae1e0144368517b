import { z } from "zod";

import { readWitnessLine } from "./cosignature";
import { amount } from "./env-database";
import type { NoteKey } from "./signed-note";
import { pushPublicKey } from "./web-push";

const DATA_KEY_SHAPE = /^[A-Za-z0-9_-]{43}=?$/;

/** What seals and signs, with what is still taken of the keys before (docs/operations.md, "Keys"). */
export const KEY_VARIABLES = {
  AUTH_SECRET: z
    .string()
    .min(32, "must have at least 32 characters")
    .describe("Secret of at least 32 characters that signs sessions and mail links."),
  AUTH_SECRET_BEFORE: z
    .string()
    .min(32, "must have at least 32 characters")
    .optional()
    .describe("The AUTH_SECRET before: what it signed is taken until SECRETS_BEFORE_UNTIL."),
  SECRETS_BEFORE_UNTIL: z.iso
    .datetime({ offset: true, error: "must be a moment such as 2026-12-31T00:00:00Z" })
    .transform((moment) => new Date(moment))
    .optional()
    .describe(
      "The moment (ISO 8601, with its zone) from which AUTH_SECRET_BEFORE, CONSOLE_KEY_BEFORE and RESEND_WEBHOOK_SECRET_BEFORE count no more; belongs to each of them.",
    ),
  DATA_KEY: z
    .string()
    .regex(DATA_KEY_SHAPE, "must be 32 bytes in base64url, e.g. openssl rand -base64 32 | tr +/ -_")
    .describe(
      "Key of 32 bytes (base64url) that seals proof files, identifiers and messages of requests at rest. Whoever loses it loses them.",
    ),
  DATA_KEY_OTHERS: z
    .string()
    .default("")
    .transform((list) =>
      list
        .split(",")
        .map((entry) => entry.trim())
        .filter(Boolean),
    )
    .refine(
      (list) => list.every((key) => DATA_KEY_SHAPE.test(key)),
      "must be keys of 32 bytes in base64url, with commas between",
    )
    .describe(
      "Further keys, with commas between, that open what was sealed by them and seal nothing: the DATA_KEY before until npm run rotate has re-sealed everything, and before that the next one, while the processes are restarted one by one.",
    ),
  RECORD_KEY_FILE: z
    .string()
    .optional()
    .describe(
      "File of mode 0600 with the Ed25519 key (PKCS #8, PEM) that signs the record: npm run record -- new-key FILE makes it. It stands outside of the database, and its folder is writable to the worker, which keeps beside it what it signed last. Unset, the record is not sealed.",
    ),
  RECORD_WITNESS_URL: z
    .url({ protocol: /^https?$/, error: "must be an address such as https://witness.example" })
    .optional()
    .describe(
      "Address of a witness (c2sp.org/tlog-witness) that is shown each signed state of the record and signs that it goes on from the one before: npm run witness on somebody else's machine, or any other. Belongs to RECORD_WITNESS_KEY.",
    ),
  RECORD_WITNESS_KEY: z
    .string()
    .transform((line, ctx) => {
      const key = readWitnessLine(line);
      if (key) return key;
      ctx.addIssue("must be the line NAME+ID+KEY that the witness prints");
      return z.NEVER;
    })
    .optional()
    .describe("The witness's key, as the line that it prints at its start."),
  RECORD_TSA_URL: z
    .url({ protocol: /^https?$/, error: "must be an address such as https://tsa.example" })
    .optional()
    .describe(
      "Address of a time-stamping authority (RFC 3161) that puts its own time to signed states of the record (decision 075). Belongs to RECORD_TSA_CHAIN_FILE.",
    ),
  RECORD_TSA_CHAIN_FILE: z
    .string()
    .optional()
    .describe(
      "File (PEM) with the certificates that are trusted for time stamps: the authority's root, and what lies between where its answers leave that out. The web process, where it has it too, puts it into bundles.",
    ),
  RECORD_TSA_MINUTES: amount("a number of minutes", 60, 7 * 24 * 60).describe(
    "Minutes between two time stamps, at the least.",
  ),
  ERASURE_LEDGER_FILE: z
    .string()
    .optional()
    .describe(
      "File to which the worker adds, outside of the database, the ids of whom it has erased and when; a start on a restored database erases them again before anything opens. Kept with the backups, and never restored to an older state. Unset, nothing is noted.",
    ),
  CONSOLE_KEY: z
    .string()
    .min(32, "must have at least 32 characters")
    .optional()
    .describe(
      "Key of at least 32 characters by which the server of the vendor's console signs the short-lived tokens (JWT, HS256) of gaozhi-bell.js; unset, /api/v1/inbox opens to nobody.",
    ),
  CONSOLE_KEY_BEFORE: z
    .string()
    .min(32, "must have at least 32 characters")
    .optional()
    .describe("The CONSOLE_KEY before: its tokens are taken until SECRETS_BEFORE_UNTIL."),
  RESEND_WEBHOOK_SECRET: z
    .string()
    .startsWith("whsec_", "must begin with whsec_")
    .describe("Signing secret (whsec_…) of the Resend webhook that reports deliveries."),
  RESEND_WEBHOOK_SECRET_BEFORE: z
    .string()
    .startsWith("whsec_", "must begin with whsec_")
    .optional()
    .describe("The webhook secret before: reports it signed are taken until SECRETS_BEFORE_UNTIL."),
};

/** Whether P-256 has a public key to it. */
function isPushKey(key: string): boolean {
  try {
    return pushPublicKey(key).length > 0;
  } catch {
    return false;
  }
}

export const PUSH_VARIABLES = {
  PUSH_KEY: z
    .string()
    .regex(
      /^[A-Za-z0-9_-]{43}=?$/,
      "must be 32 bytes in base64url, e.g. openssl rand -base64 32 | tr +/ -_",
    )
    .refine(isPushKey, "must be a private key of P-256; make another")
    .optional()
    .describe(
      "Private key of 32 bytes (base64url) by which browsers and push services know the portal (VAPID). Another one ends every browser's pushes until its person turns them on anew; unset, nothing is pushed to browsers and the settings say so.",
    ),
};

/** `incident.zh-CN=1001,code.en=2002`: the ids under which the operator has registered what is sent. */
const SMS_TEMPLATES = /^(?:(?:incident|code)\.(?:zh-CN|en)=[\w-]+(?:,|$)){4}$/;

export const SMS_VARIABLES = {
  SMS_OPERATOR: z
    .url({ protocol: /^https?$/, error: "must be an address" })
    .optional()
    .describe(
      "Address of an operator of text messages that takes Tencent Cloud's SendSms, e.g. https://sms.tencentcloudapi.com/; with it the other SMS_ variables are needed. Unset, no text messages are sent and nobody is asked for a number.",
    ),
  SMS_REGION: z.string().default("ap-guangzhou").describe("Region of the operator."),
  SMS_SENDER_ID: z.string().optional().describe("Names SMS_SECRET_KEY to the operator."),
  SMS_SECRET_KEY: z
    .string()
    .optional()
    .describe("Signs what the operator is asked (TC3-HMAC-SHA256)."),
  SMS_APP_ID: z.string().optional().describe("The application at the operator (SmsSdkAppId)."),
  SMS_SIGNATURE: z
    .string()
    .optional()
    .describe("The registered signature that stands before each message, without 【】."),
  SMS_TEMPLATES: z
    .string()
    .regex(
      SMS_TEMPLATES,
      "must name incident.zh-CN, incident.en, code.zh-CN and code.en, e.g. incident.zh-CN=1001,incident.en=1002,code.zh-CN=2001,code.en=2002",
    )
    .optional()
    .transform((list): Record<string, string> =>
      Object.fromEntries((list ?? "").split(",").map((one) => one.split("="))),
    )
    .describe(
      "Ids of the registered templates: incident (variables: number, kind) and code (variables: code, minutes), each in both languages.",
    ),
  SMS_BUDGET_TELLING: amount("a number of messages", 1_000, 1_000_000).describe(
    "So many text messages one broadcast sends at most; whoever approves it is told.",
  ),
  SMS_BUDGET_DAY: amount("a number of messages", 2_000, 1_000_000).describe(
    "So many text messages of incidents leave in a day (Asia/Shanghai), over all broadcasts.",
  ),
  SMS_BUDGET_CODES: amount("a number of messages", 500, 1_000_000).describe(
    "So many codes are sent in a day to confirm numbers, over all people; apart from the messages of incidents.",
  ),
};

const SMS_NEEDED = ["SMS_SENDER_ID", "SMS_SECRET_KEY", "SMS_APP_ID", "SMS_SIGNATURE"] as const;

/** An operator that is named has to know who asks, and what for. */
export function smsContradictions(
  given: Partial<Record<"SMS_OPERATOR" | (typeof SMS_NEEDED)[number], string | undefined>> & {
    SMS_TEMPLATES: Record<string, string>;
  },
): string[] {
  if (!given.SMS_OPERATOR) return [];
  const missing = SMS_NEEDED.filter((name) => !given[name]);
  const all = [...missing, ...(given.SMS_TEMPLATES["code.en"] ? [] : ["SMS_TEMPLATES"])];
  return all.map((name) => `${name} is needed where SMS_OPERATOR is set.`);
}

const PAIRS = [
  ["RECORD_WITNESS_URL", "RECORD_WITNESS_KEY"],
  ["RECORD_TSA_URL", "RECORD_TSA_CHAIN_FILE"],
] as const;

/** A secret before ends some day; a witness is believed by its key alone, an authority by its certificates. */
export function keyContradictions(given: {
  RECORD_WITNESS_URL?: string | undefined;
  RECORD_WITNESS_KEY?: NoteKey | undefined;
  RECORD_TSA_URL?: string | undefined;
  RECORD_TSA_CHAIN_FILE?: string | undefined;
  AUTH_SECRET_BEFORE?: string | undefined;
  CONSOLE_KEY_BEFORE?: string | undefined;
  RESEND_WEBHOOK_SECRET_BEFORE?: string | undefined;
  SECRETS_BEFORE_UNTIL?: Date | undefined;
}): string[] {
  const before = [
    given.AUTH_SECRET_BEFORE,
    given.CONSOLE_KEY_BEFORE,
    given.RESEND_WEBHOOK_SECRET_BEFORE,
  ];
  const half = PAIRS.filter((pair) => pair.filter((name) => given[name]).length === 1).map(
    (pair) => `${pair.join(" and ")} belong together; set both or neither.`,
  );
  if (!before.some(Boolean) || given.SECRETS_BEFORE_UNTIL) return half;
  return [
    ...half,
    "SECRETS_BEFORE_UNTIL is not set, without which no secret before would ever end; name a moment such as 2026-12-31T00:00:00Z.",
  ];
}
