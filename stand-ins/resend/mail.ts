import { z } from "zod";

import { invalid, type Problem } from "./problem";

/** One mail as it was accepted. */
export type Mail = {
  from: string;
  to: string[];
  /** Left out where the request names none. */
  replyTo?: string[];
  subject: string;
  html: string | null;
  text: string | null;
  tags: { name: string; value: string }[];
  headers: Record<string, string>;
};

type Checked = { mail: Mail } | { problem: Problem };

const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/;
const NAMED_ADDRESS = /^[^<>\r\n]*<([^<>]+)>$/;
const TAG = /^[A-Za-z0-9_-]{1,256}$/;
const MAX_RECIPIENTS = 50;

const fields = z.strictObject({
  from: z.string(),
  to: z.union([z.string(), z.array(z.string()).min(1).max(MAX_RECIPIENTS)]),
  reply_to: z.union([z.string(), z.array(z.string())]).nullish(),
  subject: z.string(),
  html: z.string().nullish(),
  text: z.string().nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  tags: z.array(z.strictObject({ name: z.string(), value: z.string() })).nullish(),
});

/**
 * One entry of a request, or the problem Resend names for it. Fields that Resend knows but the
 * portal never sends (attachments, templates, schedules, copies) are refused, not ignored.
 */
export function checkMail(entry: unknown): Checked {
  const missing = missingField(entry);
  if (missing) {
    return { problem: invalid(`Missing \`${missing}\` field.`, "missing_required_field") };
  }

  const result = fields.safeParse(entry);
  if (!result.success) return { problem: invalid(describe(result.error.issues[0])) };

  const { from, to, reply_to: replyTo, subject, html, text, headers, tags } = result.data;
  const mail = {
    from,
    to: typeof to === "string" ? [to] : to,
    ...(replyTo && { replyTo: [replyTo].flat() }),
    subject,
    html: html ?? null,
    text: text ?? null,
    tags: tags ?? [],
    headers: headers ?? {},
  };
  const fault = faultIn(mail);
  return fault ? { problem: invalid(fault) } : { mail };
}

/** The bare address of `Name <address>` or `address`, or null when it is neither. */
export function addressIn(value: string): string | null {
  const bare = NAMED_ADDRESS.exec(value.trim())?.[1] ?? value.trim();
  return ADDRESS.test(bare) ? bare : null;
}

function missingField(entry: unknown): string | undefined {
  const present = z.record(z.string(), z.unknown()).catch({}).parse(entry);
  const isMissing = (name: string) => present[name] === undefined || present[name] === "";
  const required = ["from", "to", "subject"].find(isMissing);
  if (required) return required;

  return isMissing("html") && isMissing("text") ? "html` or `text" : undefined;
}

function faultIn(mail: Mail): string | undefined {
  if (!addressIn(mail.from)) return addressFault("from");
  if (mail.to.some((to) => !addressIn(to))) return addressFault("to");
  if (mail.replyTo?.some((address) => !addressIn(address))) return addressFault("reply_to");
  if (/[\r\n]/.test(mail.subject)) return "The `\\n` is not allowed in the `subject` field.";
  if (Object.values(mail.headers).some((value) => /[\r\n]/.test(value))) {
    return "The `\\n` is not allowed in the `headers` field.";
  }
  if (mail.tags.some(({ name, value }) => !TAG.test(name) || !TAG.test(value))) {
    return "Tags should only contain ASCII letters, numbers, underscores, or dashes.";
  }
  return undefined;
}

function addressFault(field: string): string {
  return `Invalid \`${field}\` field. The email address needs to follow the \`email@example.com\` or \`Name <email@example.com>\` format.`;
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "unrecognized_keys") {
    return `The \`${issue.keys.join("`, `")}\` field is not supported here.`;
  }
  return `Invalid \`${issue?.path.join(".") ?? "body"}\` field. ${issue?.message ?? ""}`.trim();
}
