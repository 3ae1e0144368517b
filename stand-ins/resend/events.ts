import { createHash } from "node:crypto";

import { type AcceptedMail, type Entry } from "./record";

export type EventType =
  | "email.sent"
  | "email.delivered"
  | "email.bounced"
  | "email.complained"
  | "email.delivery_delayed";

export type MailEvent = { id: string; type: EventType; at: number };

/** What becomes of a mail, by the beginning of the recipient's local part; steps, not times. */
const FATES: { prefix: string; events: [EventType, number][] }[] = [
  { prefix: "bounce", events: [["email.bounced", 2]] },
  {
    prefix: "complain",
    events: [
      ["email.delivered", 2],
      ["email.complained", 3],
    ],
  },
  {
    prefix: "delay",
    events: [
      ["email.delivery_delayed", 2],
      ["email.delivered", 4],
    ],
  },
  { prefix: "", events: [["email.delivered", 2]] },
];

/**
 * The events of a mail, which follow from its recipients and the time it was accepted alone: the
 * same after a restart, with the same ids, so that a repeated webhook is recognised.
 */
export function eventsOf({ id, at, to }: Entry, stepMs: number): MailEvent[] {
  const fate = FATES.find(({ prefix }) => to.some((address) => address.startsWith(prefix)));
  const steps: [EventType, number][] = [["email.sent", 1], ...(fate?.events ?? [])];
  return steps.map(([type, step]) => ({ id: eventId(id, type), type, at: at + step * stepMs }));
}

/** `last_event` as GET /emails/:id names it. */
export function lastEvent(entry: Entry, stepMs: number, now: number): string {
  const past = eventsOf(entry, stepMs).filter((event) => event.at <= now);
  return past.at(-1)?.type.replace("email.", "") ?? "queued";
}

/** The body of a webhook (resend.com/docs/webhooks/emails/…). */
export function eventBody(event: MailEvent, mail: AcceptedMail): string {
  return JSON.stringify({
    type: event.type,
    created_at: new Date(event.at).toISOString(),
    data: {
      created_at: mail.at,
      email_id: mail.id,
      message_id: messageId(mail.id),
      from: mail.from,
      to: mail.to,
      subject: mail.subject,
      ...(event.type === "email.bounced" && { bounce: BOUNCE }),
      ...(mail.tags.length > 0 && {
        tags: Object.fromEntries(mail.tags.map(({ name, value }) => [name, value])),
      }),
    },
  });
}

/** RFC 5322 Message-ID of a mail. */
export function messageId(id: string): string {
  return `<${id}@mail.example>`;
}

const BOUNCE = {
  type: "Permanent",
  subType: "General",
  message:
    "The recipient's email provider sent a hard bounce message, but didn't specify the reason for the hard bounce.",
  diagnosticCode: ["smtp; 550 5.1.1 user unknown"],
};

function eventId(mailId: string, type: EventType): string {
  const digest = createHash("sha256").update(`${mailId} ${type}`).digest("base64url");
  return `msg_${digest.replace(/[-_]/g, "").slice(0, 27)}`;
}
