import { z } from "zod";

import { ACCESS_UPDATES, MEMBER_ROLES, STAFF_ROLES } from "@/db/vocabulary/access";
import { CONTACT_KINDS } from "@/db/vocabulary/accounts";
import { type BroadcastKind, BULLETIN_READERS } from "@/db/vocabulary/broadcasts";
import { VISIBILITIES } from "@/db/vocabulary/incidents";
import { LOCALES } from "@/db/vocabulary/languages";
import { ACKNOWLEDGEMENT_ANSWERS, ASK_SIDES, MAJOR_QUESTIONS } from "@/db/vocabulary/policies";
import { REQUEST_TYPES, REQUEST_UPDATES } from "@/db/vocabulary/requests";
import { ALARM_PATTERNS } from "@/db/vocabulary/security";
import { WAVE_STOPS } from "@/db/vocabulary/waves";
import { MANIFEST_PARTS } from "@/text/manifest-words";

import { may } from "../access/permissions";
import type { Actor } from "../context";
import { checkpoint } from "./checkpoint-facts";
import { deregistrationUpdate } from "./deregistration-facts";
import { announcement, incidentWords, noticeLook, perLocale } from "./incident-facts";

const policyChange = z.object({
  versionId: z.string(),
  documentSlug: z.string(),
  documentTitle: perLocale,
  label: z.string(),
  /** The version it follows, to compare with; null for a first version. */
  previousLabel: z.string().nullable(),
  isMajor: z.boolean(),
  majorReasons: z.array(z.enum(MAJOR_QUESTIONS)),
  affectsEndUsers: z.boolean(),
  /** Whether consent is to be obtained again before it takes effect (P07). */
  needsConsent: z.boolean().optional(),
  changes: z.array(
    z.object({
      text: perLocale,
      anchor: z.string().nullable(),
      /** What the clause is called ("四、（一）期限 · 2"); "" in a translation that has no such place. */
      place: perLocale.optional(),
    }),
  ),
  /** What becomes of the lists of personal information, permissions and others, by language. */
  lists: z
    .partialRecord(
      z.enum(LOCALES),
      z.array(
        z.object({
          part: z.enum(MANIFEST_PARTS),
          kind: z.enum(["added", "removed", "changed"]),
          name: z.string(),
          role: z.string(),
          fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
          sensitive: z.boolean(),
        }),
      ),
    )
    .optional(),
  /** ISO 8601, UTC. */
  effectiveAt: z.string(),
  contentHash: z.string(),
  /** Of a reminder: why it comes now, where it is not a day before the effective date. */
  occasion: z.enum(["overdue", "deferred"]).optional(),
});

/** `days`: how many days after the version came into force, of the ladder (OWN_POLICY_DAYS). */
const ownPolicyReminder = policyChange
  .pick({
    versionId: true,
    documentSlug: true,
    documentTitle: true,
    label: true,
    effectiveAt: true,
  })
  .extend({ days: z.int() });

/** Once a year an account's owners are asked whether its contacts are right still: how many there are, and nobody's name. */
const contactsCheck = z.object({
  ...{ accountId: z.string(), accountName: z.string(), uin: z.string() },
  contacts: z.array(z.object({ kind: z.enum(CONTACT_KINDS), count: z.number() })),
  /** When somebody last answered for them, or the account was entered. ISO 8601, UTC. */
  lastAt: z.string(),
  isReminder: z.boolean(),
});

const receipt = z.object({
  receiptNumber: z.string(),
  answer: z.enum(ACKNOWLEDGEMENT_ANSWERS),
  reason: z.string().nullable(),
  documentSlug: z.string(),
  documentTitle: perLocale,
  label: z.string(),
  effectiveAt: z.string(),
  accountName: z.string(),
  uin: z.string(),
  personName: z.string(),
  memberRole: z.enum(MEMBER_ROLES),
  statement: z.string(),
  answeredAt: z.string(),
  contentHash: z.string(),
});

/** Nothing personal: a mail names the number, and the page behind its link says the rest. */
const requestUpdate = z.object({
  requestId: z.string(),
  number: z.string(),
  type: z.enum(REQUEST_TYPES),
  event: z.enum(REQUEST_UPDATES),
  /** Day by which the answer is due, "2026-12-14"; the developer's own where a developer is told. */
  dueDate: z.string(),
  isDueProvisional: z.boolean(),
  /** In reminders: the working days left, 0 on the day, -1 once it has passed. */
  workingDaysLeft: z.number().optional(),
  /** It goes first, so that every handler is mailed at once, whatever they chose (P38). */
  isUrgent: z.boolean().optional(),
  /** In a digest, or where many were assigned: how many requests, and those of them that are due first. */
  waiting: z
    .object({
      count: z.number(),
      /** All of them, where a digest may have to count them anew. */
      ids: z.array(z.string()).optional(),
      nearest: z.array(
        z.object({
          number: z.string(),
          type: z.enum(REQUEST_TYPES),
          dueDate: z.string(),
          isDueProvisional: z.boolean(),
        }),
      ),
    })
    .optional(),
});

/** That something announced no longer holds, and why; the same people are told. */
const withdrawal = z.object({
  what: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("version"),
      versionId: z.string(),
      documentSlug: z.string(),
      documentTitle: perLocale,
      label: z.string(),
      /** The version that goes on holding; null where there is none. */
      staysLabel: z.string().nullable(),
      effectiveAt: z.string(),
    }),
    z.object({ kind: z.literal("announcement"), noticeId: z.string(), title: perLocale }),
    /** A false alarm: whatever was told of it. */
    z.object({
      kind: z.literal("incident"),
      incidentId: z.string(),
      incidentNumber: z.string(),
      title: perLocale,
      visibility: z.enum(VISIBILITIES),
    }),
  ]),
  /** The broadcast that announced it, where everybody may read it. */
  announcementId: z.string().nullable(),
  announcedAt: z.string(),
  /** In the words of the vendor, as written. */
  reason: z.string(),
  withdrawnAt: z.string(),
});

/** A pattern in the security records. It names neither person nor network: facts last, those records do not. */
const securityAlarm = z.object({
  alarmId: z.string(),
  pattern: z.enum(ALARM_PATTERNS),
  count: z.number(),
  /** Within how many hours. */
  hours: z.number(),
  raisedAt: z.string(),
  /** Whether who reads it works on the operations side. */
  isStaff: z.boolean(),
});

/** What somebody may do here from now on. It names the account, and nobody who decided it. */
const accessUpdate = z.object({
  event: z.enum(ACCESS_UPDATES),
  /** The staff roles held from now on. */
  staffRoles: z.array(z.enum(STAFF_ROLES)),
  /** Of an account's member: the account, and the role from now on; null once removed. */
  account: z.object({ name: z.string(), uin: z.string() }).nullable(),
  memberRole: z.enum(MEMBER_ROLES).nullable(),
  /** ISO 8601, UTC. */
  at: z.string(),
});

/** That somebody wrote about an account's answer to a version; the words stand on the page alone. */
const askMessage = z.object({
  versionId: z.string(),
  documentId: z.string(),
  documentTitle: perLocale,
  label: z.string(),
  accountId: z.string(),
  accountName: z.string(),
  uin: z.string(),
  side: z.enum(ASK_SIDES),
  /** ISO 8601, UTC. */
  writtenAt: z.string(),
});

/** That a broadcast stopped by itself after its first wave: how many mails came to what. It quotes nothing. */
const waveStopped = z.object({
  broadcastId: z.string(),
  /** Null for an announcement. */
  incidentNumber: z.string().nullable(),
  sequence: z.number(),
  /** Of a notice that is only rehearsed. */
  rehearsal: z.literal(true).optional(),
  cause: z.enum(WAVE_STOPS),
  /** People of both waves. */
  ...{ first: z.number(), rest: z.number() },
  ...{ mails: z.number(), heard: z.number() },
  ...{ bounced: z.number(), refused: z.number(), complained: z.number() },
});

/**
 * What was told to others, told on: to who subscribed to what everybody may read, or to end users whose
 * request concerns an affected app (P53). Its subject is the broadcast that told it.
 */
const bulletin = z.object({
  to: z.enum(BULLETIN_READERS),
  told: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("policy_change"), facts: policyChange }),
    z.object({ kind: z.literal("incident_notice"), facts: incidentWords }),
    z.object({ kind: z.literal("announcement"), facts: announcement }),
    z.object({ kind: z.literal("withdrawal"), facts: withdrawal }),
  ]),
});

/** What a person was told in the site since their last digest, and wants by mail once a day together. */
const digest = z.object({
  /** The day in Asia/Shanghai: "2026-12-01". */
  day: z.string(),
  items: z.array(
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("policy_change"), facts: policyChange }),
      z.object({ kind: z.literal("announcement"), facts: announcement }),
    ]),
  ),
});

/** What each kind of broadcast tells: plain data, frozen and hashed when it starts; words come from messages. */
export const FACTS = {
  policy_change: policyChange,
  acknowledgement_reminder: policyChange,
  acknowledgement_receipt: receipt,
  request_update: requestUpdate,
  incident_notice: incidentWords,
  announcement,
  deregistration_update: deregistrationUpdate,
  withdrawal,
  security_alarm: securityAlarm,
  access_update: accessUpdate,
  ask_message: askMessage,
  own_policy_reminder: ownPolicyReminder,
  contacts_check: contactsCheck,
  notice_look: noticeLook,
  wave_stopped: waveStopped,
  bulletin,
  checkpoint,
  digest,
} as const satisfies Record<BroadcastKind, z.ZodType>;

export type FactsOf<Kind extends BroadcastKind> = z.output<(typeof FACTS)[Kind]>;
export type PolicyChangeFacts = FactsOf<"policy_change">;
export type ReceiptFacts = FactsOf<"acknowledgement_receipt">;
export type RequestUpdateFacts = FactsOf<"request_update">;
export type IncidentNoticeFacts = FactsOf<"incident_notice">;
export type AnnouncementFacts = FactsOf<"announcement">;
export type WithdrawalFacts = FactsOf<"withdrawal">;
export type SecurityAlarmFacts = FactsOf<"security_alarm">;
export type AccessUpdateFacts = FactsOf<"access_update">;
export type AskMessageFacts = FactsOf<"ask_message">;
export type OwnPolicyReminderFacts = FactsOf<"own_policy_reminder">;
export type ContactsCheckFacts = FactsOf<"contacts_check">;
export type NoticeLookFacts = FactsOf<"notice_look">;
export type WaveStoppedFacts = FactsOf<"wave_stopped">;
export type BulletinFacts = FactsOf<"bulletin">;
export type DigestFacts = FactsOf<"digest">;
export type DeregistrationUpdateFacts = FactsOf<"deregistration_update">;

/** A kind with its facts, ready for a switch. */
export type Told = { [Kind in BroadcastKind]: { kind: Kind; facts: FactsOf<Kind> } }[BroadcastKind];

/** Reads stored facts back. @throws when a row does not hold what its kind promises: a bug. */
export function readFacts(kind: BroadcastKind, facts: unknown): Told {
  switch (kind) {
    case "policy_change":
      return { kind, facts: FACTS.policy_change.parse(facts) };
    case "acknowledgement_reminder":
      return { kind, facts: FACTS.acknowledgement_reminder.parse(facts) };
    case "acknowledgement_receipt":
      return { kind, facts: FACTS.acknowledgement_receipt.parse(facts) };
    case "request_update":
      return { kind, facts: FACTS.request_update.parse(facts) };
    case "incident_notice":
      return { kind, facts: FACTS.incident_notice.parse(facts) };
    case "announcement":
      return { kind, facts: FACTS.announcement.parse(facts) };
    case "deregistration_update":
      return { kind, facts: FACTS.deregistration_update.parse(facts) };
    case "withdrawal":
      return { kind, facts: FACTS.withdrawal.parse(facts) };
    case "security_alarm":
      return { kind, facts: FACTS.security_alarm.parse(facts) };
    case "access_update":
      return { kind, facts: FACTS.access_update.parse(facts) };
    case "ask_message":
      return { kind, facts: FACTS.ask_message.parse(facts) };
    case "own_policy_reminder":
      return { kind, facts: FACTS.own_policy_reminder.parse(facts) };
    case "contacts_check":
      return { kind, facts: FACTS.contacts_check.parse(facts) };
    case "notice_look":
      return { kind, facts: FACTS.notice_look.parse(facts) };
    case "wave_stopped":
      return { kind, facts: FACTS.wave_stopped.parse(facts) };
    case "bulletin":
      return { kind, facts: FACTS.bulletin.parse(facts) };
    case "checkpoint":
      return { kind, facts: FACTS.checkpoint.parse(facts) };
    case "digest":
      return { kind, facts: FACTS.digest.parse(facts) };
  }
}

/** What is left of a restricted incident for a desk that may know that somebody was told, and no more. */
const WITHHELD = {
  title: {},
  parts: { situation: {}, measures: [], adviceDevelopers: [], adviceEndUsers: {} },
  ...{ dataKinds: {}, cause: {}, contact: "" },
  ...{ occurredAt: null, containedAt: null, resolvedAt: null },
};

/**
 * Facts as somebody at a desk may read them. Of a restricted incident only those who write, approve
 * and audit read title and text; who looks after deliveries and customers (support) learns that it
 * was told, by its number and kind, and what its public summary tells everybody.
 */
export function readFactsAs(actor: Actor, kind: BroadcastKind, facts: unknown): Told {
  const told = readFacts(kind, facts);
  if (may(actor, "notice.readDrafts")) return told;
  if (told.kind === "withdrawal") {
    const { what } = told.facts;
    if (what.kind !== "incident" || what.visibility !== "restricted") return told;
    return { ...told, facts: { ...told.facts, what: { ...what, title: {} }, reason: "" } };
  }
  if (told.kind !== "incident_notice" || told.facts.visibility !== "restricted") return told;
  const { parts, ...withheld } = WITHHELD;
  return {
    kind: told.kind,
    facts: { ...told.facts, ...withheld, parts: { ...told.facts.parts, ...parts } },
  };
}
