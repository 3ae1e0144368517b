import { z } from "zod";

import { env } from "./env";

const summary = z.object({
  id: z.string(),
  at: z.coerce.date(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string().nullable(),
  tags: z.array(z.object({ name: z.string(), value: z.string() })),
  /** What happened last: queued, sent, delivered, delivery_delayed, bounced or complained. */
  lastEvent: z.string(),
});

const whole = summary.extend({
  html: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  key: z.string().nullable(),
  events: z.array(z.object({ type: z.string(), at: z.coerce.date() })),
});

const list = z.object({ mails: z.array(summary) });

export type MailSummary = z.output<typeof summary>;
export type MailboxMail = z.output<typeof whole>;

/** The mailbox of the demo can't be read; `message` is a sentence for whoever runs it. */
export class MailboxUnreachable extends Error {
  override readonly name = "MailboxUnreachable";
}

const TIMEOUT_MS = 5000;

/**
 * The mails the Resend stand-in accepted, newest first, at most `limit` (1 to 500) and, with `to`,
 * only those to that address.
 * @throws MailboxUnreachable
 */
export async function listMails(
  { to, limit }: { to?: string | undefined; limit: number },
  url = env().MAILBOX_URL,
): Promise<MailSummary[]> {
  const query = new URLSearchParams({ limit: String(limit), ...(to && { to }) });
  const { mails } = await read(url, { path: `mails?${query}`, shape: list });
  return mails;
}

/**
 * One mail whole, or null when there is none with this id.
 * @throws MailboxUnreachable
 */
export async function readMail(id: string, url = env().MAILBOX_URL): Promise<MailboxMail | null> {
  const shape = z.union([whole, z.object({ message: z.string() })]);
  const found = await read(url, { path: `mails/${encodeURIComponent(id)}`, shape });
  return "html" in found ? found : null;
}

async function read<Shape extends z.ZodType>(
  url: string | undefined,
  { path, shape }: { path: string; shape: Shape },
): Promise<z.output<Shape>> {
  if (!url) throw new MailboxUnreachable("MAILBOX_URL is not set, so there is no mailbox to show.");
  const address = `${url.replace(/\/+$/, "")}/__control/${path}`;
  let answer: unknown;
  try {
    const response = await fetch(address, {
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    answer = await response.json();
  } catch (cause) {
    throw new MailboxUnreachable(
      `The mailbox at ${url} does not answer. Is the Resend stand-in running there?`,
      { cause },
    );
  }
  const parsed = shape.safeParse(answer);
  if (!parsed.success) {
    throw new MailboxUnreachable(`What answers at ${url} is not the Resend stand-in.`);
  }
  return parsed.data;
}
