import { z } from "zod";

import { amount, DATABASE_VARIABLES } from "./env-database";
import { secretsInFiles } from "./env-files";
import {
  KEY_VARIABLES,
  keyContradictions,
  PUSH_VARIABLES,
  SMS_VARIABLES,
  smsContradictions,
} from "./env-keys";
import { LINE_VARIABLES, LOOPBACK_HOSTS, plainLines, SMTP_VARIABLES } from "./env-lines";
import { METRICS_VARIABLES, metricsContradictions, TRACES_VARIABLES } from "./env-metrics";
import { OIDC_VARIABLES, oidcContradictions } from "./env-oidc";
import { VENDOR_VARIABLES } from "./env-vendor";
import { isNetwork } from "./network-list";

const MODES = ["production", "demo", "test", "development"] as const;
const FACTOR_RULES = ["required", "provider", "offered"] as const;
const LEVELS = ["trace", "debug", "info", "warn", "error", "silent"] as const;

const DNS_NAME = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i;
const DNS_NAME_OR_OWN = /^(@|[a-z0-9_-]+(\.[a-z0-9_-]+)*)$/i;

const commaList = z
  .string()
  .default("")
  .transform((list) => list.split(",").flatMap((entry) => entry.trim() || []));

const variables = z.object({
  NODE_ENV: z
    .enum(["production", "test", "development"])
    .default("development")
    .describe("Set by Next.js and the scripts; not to be set by hand."),
  GAOZHI_MODE: z
    .enum(MODES)
    .optional()
    .describe(
      "What this installation is for: production, demo, test or development. Sign-in as a demo person exists in the last three only. Unset it follows NODE_ENV; npm start sets production.",
    ),
  ...DATABASE_VARIABLES,
  ...LINE_VARIABLES,
  DATA_DIR: z
    .string()
    .default(".data")
    .describe(
      "Folder of the embedded PostgreSQL, its generated secrets and the demo's mails. Started by root below a closed home folder, the default is a folder outside the clone, printed at start.",
    ),
  PORT: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(1, "must be between 1 and 65535")
    .max(65535, "must be between 1 and 65535")
    .default(3000)
    .describe("Port of the web process."),
  APP_ORIGIN: z
    .url({ protocol: /^https?$/, error: "must be an address such as https://console.example.com" })
    .transform((address) => new URL(address).origin)
    .describe(
      "Address readers use, e.g. https://notices.example.com. Links in mails are built from it, never from the request's host; https makes cookies Secure.",
    ),
  TRUSTED_PROXIES: commaList
    .refine((list) => list.every(isNetwork), "must be addresses or networks, with commas between")
    .describe(
      "Addresses or networks of the reverse proxies in front of the portal, e.g. 10.0.0.5,192.168.0.0/16. Only from these is X-Forwarded-For believed, from its right end; unset, the address of the connection is the reader's. Limits at the door count by it.",
    ),
  STAFF_FACTOR: z
    .enum(FACTOR_RULES)
    .optional()
    .describe(
      "Second factor of staff. required: staff set one up before operations open, and prove it at every sign-in. provider: the same, but a sign-in by OpenID Connect counts as proven where the ID token says so: by its time (auth_time, asked for by max_age) and by the method mfa (amr) or a class of OIDC_ACR; else the portal asks itself. offered: as for everybody else, who has one proves it. Unset: required in production, offered elsewhere.",
    ),
  NOTICE_UNOPENED_HOURS: amount("a number of hours", 24, 168).describe(
    "Hours after which an incident's notice that nobody of an account has opened goes to its next contact, and after as many again onto the list of calls.",
  ),
  REHEARSAL_EVERY_DAYS: amount("a number of days", 92, 366).describe(
    "Days after a rehearsal of incident notices within which the next one is to follow; past them operations are told once.",
  ),
  NOTICE_UNFOLLOWED_HOURS: amount("a number of hours", 72, 720).describe(
    "Hours after which an incident's notice that an account has seen without doing what it requires goes to its next contact, and after as many again onto the list of calls.",
  ),
  STAFF_SESSION_HOURS: amount("a number of hours", 12, 24).describe(
    "Hours after which staff sign in again, whatever they do meanwhile; nobody exercises a staff role longer.",
  ),
  STAFF_IDLE_MINUTES: amount("a number of minutes", 30, 12 * 60).describe(
    "Minutes without a page opened after which a staff session ends.",
  ),
  SESSION_DAYS: amount("a number of days", 30, 90).describe(
    "Days after which everybody else signs in again.",
  ),
  IDLE_DAYS: amount("a number of days", 14, 90).describe(
    "Days without a page opened after which the session of everybody else ends.",
  ),
  ...KEY_VARIABLES,
  CONSOLE_ORIGINS: z
    .string()
    .default("")
    .transform((list) =>
      list
        .split(",")
        .map((entry) => entry.trim())
        .filter(Boolean),
    )
    .refine(
      (list) => list.every((one) => URL.canParse(one) && new URL(one).origin === one),
      "must be origins such as https://console.example.com, with commas between",
    )
    .describe(
      "Origins of the vendor's console, with commas between: the pages on which gaozhi-bell.js may read the inbox, e.g. https://console.example.com.",
    ),
  CLAMD: z
    .string()
    .regex(/^(?:\/\S+|(?:\[[0-9a-f:]+\]|[^/\s:]+):\d{1,5})$/i, "must be a path or host:port")
    .optional()
    .describe(
      "clamd, which looks for malware in every file that is brought: the path of its socket, e.g. /run/clamav/clamd.ctl, or host:port. Set, a file that it has not looked at is not taken; unset, files are taken and staff are told that nobody looked.",
    ),
  ACCOUNT_DELETION_URL: z
    .url("must be an address")
    .optional()
    .describe(
      "Address of the vendor's account-deletion interface (stand-ins/account-deletion/README.md), below which account_delete and account_check lie; unset, users are deleted by hand.",
    ),
  ACCOUNT_DELETION_KEY: z
    .string()
    .optional()
    .describe("Bearer key that the account-deletion interface asks for."),
  SERVICE_STANDING_URL: z
    .url("must be an address")
    .optional()
    .describe(
      "Address of the vendor's own interface that says where an account's service stands (stand-ins/service-standing/README.md), below which accounts/{uin}/standing lies; unset, owners say it themselves before they deregister.",
    ),
  SERVICE_STANDING_KEY: z
    .string()
    .optional()
    .describe("Bearer key that the interface of a service's standing asks for."),
  RESEND_API_KEY: z.string().describe("API key of Resend, which sends the mails."),
  RESEND_BASE_URL: z
    .url("must be an address")
    .optional()
    .describe("Another address of the Resend API, e.g. of the stand-in; unset, Resend itself."),
  MAIL_FROM: z
    .string()
    .includes("@", { error: "must be a mail address, optionally as Name <address>" })
    .describe("Sender of the mails, e.g. 云桥科技 <notice@example.com>."),
  MAIL_REPLY_TO: z
    .email("must be a mail address, without a name")
    .optional()
    .describe(
      "Mailbox that somebody reads: answers to the portal's mails go there (Reply-To), and each mail says that it can be answered, e.g. notices@example.com. Unset, mails name the address of the contact card to write to, and no Reply-To.",
    ),
  ...SMTP_VARIABLES,
  MAIL_SILENT_HOURS: amount("a number of hours", 6, 71).describe(
    "Hours without a report after which the provider is asked what became of a mail that it accepted; once more each day until 72 hours have passed. Needs a key that may read.",
  ),
  MAIL_DKIM_SELECTOR: z
    .string()
    .regex(DNS_NAME, "must be a name such as resend")
    .default("resend")
    .describe(
      "Selector of the key with which the mails are signed (DKIM): the portal looks it up below MAIL_FROM's domain and shows its state under /ops/suppressions.",
    ),
  MAIL_RETURN_PATH: z
    .string()
    .regex(DNS_NAME_OR_OWN, "must be a name such as send, or @")
    .default("send")
    .describe(
      "Name below MAIL_FROM's domain to which mails are returned, where its SPF record is looked up; @ is the domain itself.",
    ),
  ...OIDC_VARIABLES,
  ...VENDOR_VARIABLES,
  LOG_LEVEL: z
    .enum(LEVELS)
    .default("info")
    .describe("Least level that is logged: trace, debug, info, warn, error or silent."),
  ...METRICS_VARIABLES,
  ...TRACES_VARIABLES,
  ENDPOINT_HOSTS: commaList.describe(
    "Hosts as host:port, with commas between, that posts to endpoints may go to though they are no public addresses: stand-ins of receivers; not in production.",
  ),
  TICKET_HOSTS: commaList.describe(
    "Hosts as host:port, with commas between, that the ticket system may be called back at though they are no public addresses; in production by https alone.",
  ),
  ...PUSH_VARIABLES,
  ...SMS_VARIABLES,
  MAILBOX_URL: z
    .url("must be an address")
    .optional()
    .describe(
      "Address of the Resend stand-in whose mails the mailbox page shows; not in production.",
    ),
});

const whole = variables.transform((given, ctx) => {
  const mode = given.GAOZHI_MODE ?? given.NODE_ENV;
  for (const message of contradictions({ ...given, GAOZHI_MODE: mode })) {
    ctx.addIssue({ code: "custom", message });
  }
  return {
    ...given,
    GAOZHI_MODE: mode,
    STAFF_FACTOR: given.STAFF_FACTOR ?? (mode === "production" ? "required" : "offered"),
    demoSignIn: mode !== "production",
    secureCookies: given.APP_ORIGIN.startsWith("https:"),
  };
});

export type Env = Readonly<z.output<typeof whole>>;
type VariableName = keyof z.input<typeof variables>;

/** Every variable the portal reads, for the README's table and the test that checks it. */
export const ENV_VARIABLES: { name: string; description: string; default?: string }[] =
  Object.entries(variables.shape).map(([name, field]) => {
    const unset = field.safeParse(undefined);
    // What is named by pairs has none: it is empty until it is set.
    const isPairs = typeof unset.data === "object" && !Array.isArray(unset.data);
    const standard =
      unset.success && unset.data !== undefined && !isPairs ? String(unset.data) : undefined;
    return {
      name,
      description: field.description ?? "",
      ...(standard !== undefined && { default: standard }),
    };
  });

/** The environment does not allow a start; `problems` holds one sentence per variable. */
export class EnvError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "EnvError";
  }
}

let cached: Env | undefined;

/**
 * The checked environment, read on the first call so that a build needs none of it.
 * @throws EnvError with one sentence per problem
 */
export function env(): Env {
  cached ??= readEnv(process.env);
  return cached;
}

let inFiles: Record<string, string> | undefined;

/** Read once: a key is not exchanged under a process that runs. */
const secrets = () => (inFiles ??= secretsInFiles(process.env).values);

/** Checks a set of variables without touching the cache. @throws EnvError */
export function readEnv(source: Record<string, string | undefined>): Env {
  const { values, problems } = secretsInFiles(source);
  const named = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const given: Record<string, string | undefined> = { ...named, ...values };
  const result = whole.safeParse(given);
  const wrong = result.success ? [] : result.error.issues.map((issue) => asSentence(issue, given));
  if (!result.success || problems.length > 0) throw new EnvError([...problems, ...wrong]);

  return Object.freeze(result.data);
}

/**
 * One variable by itself, for scripts that run before the rest is known.
 * @throws EnvError when it is set and not valid
 */
export function setting<Name extends VariableName>(
  name: Name,
): z.output<(typeof variables.shape)[Name]> | undefined;
export function setting(name: VariableName): unknown {
  const value = secrets()[name] ?? process.env[name];
  const field = variables.shape[name];
  const result = field.safeParse(value === "" ? undefined : value);
  if (result.success) return result.data;
  if (!value) return undefined;

  throw new EnvError(
    result.error.issues.map((issue) => asSentence({ ...issue, path: [name] }, { [name]: value })),
  );
}

/** Whether the variable was given from outside, as opposed to standing at its default. */
export function isGiven(name: VariableName): boolean {
  return Boolean(secrets()[name] ?? process.env[name]);
}

/** The environment of a child process: ours, with these changes (undefined removes). */
export function childEnvironment(changes: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

/** Sets variables for this process, before anything has read them. */
export function provide(changes: Record<string, string>): void {
  Object.assign(process.env, changes);
  [cached, inFiles] = [undefined, undefined];
}

function contradictions(given: z.output<typeof variables> & { GAOZHI_MODE: string }): string[] {
  const found = [
    ...keyContradictions(given),
    ...metricsContradictions(given),
    ...oidcContradictions(given),
    ...smsContradictions(given),
  ];
  if (given.GAOZHI_MODE === "production")
    found.push(...plainLines(given), ...shownMails(given), ...privateEndpoints(given));
  const isServed = given.NODE_ENV === "production" && given.GAOZHI_MODE !== "production";
  if (isServed && !LOOPBACK_HOSTS.includes(new URL(given.APP_ORIGIN).hostname))
    found.push(
      `GAOZHI_MODE=${given.GAOZHI_MODE} lets anybody sign in as a demo person, so APP_ORIGIN must be an address of this machine (http://localhost:…); for everybody else use GAOZHI_MODE=production.`,
    );
  return found;
}

const shownMails = ({ MAILBOX_URL }: { MAILBOX_URL?: string | undefined }): string[] =>
  MAILBOX_URL
    ? ["MAILBOX_URL shows every mail to everybody and is not allowed in production; unset it."]
    : [];

const privateEndpoints = ({ ENDPOINT_HOSTS }: { ENDPOINT_HOSTS: readonly string[] }): string[] =>
  ENDPOINT_HOSTS.length > 0
    ? [
        "ENDPOINT_HOSTS lets members of accounts post into the network of the portal and is not allowed in production; unset it.",
      ]
    : [];

function asSentence(
  issue: { path: PropertyKey[]; message: string },
  given: Record<string, unknown>,
): string {
  const name = String(issue.path[0] ?? "");
  if (!name) return issue.message;
  if (given[name] === undefined) return `${name} is not set. ${describe(name)}`;
  return `${name} ${issue.message.startsWith("must") ? issue.message : "is not valid"}. ${describe(name)}`;
}

function describe(name: string): string {
  return ENV_VARIABLES.find((variable) => variable.name === name)?.description ?? "";
}
