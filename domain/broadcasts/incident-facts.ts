import { z } from "zod";

import {
  ACTIONABILITIES,
  ALL_MATTER_PARTS,
  FOLLOW_KINDS,
  INCIDENT_KINDS,
  INCIDENT_STATUSES,
  MATTERS,
  MEASURE_STATES,
  SEVERITIES,
  VISIBILITIES,
  LOOK_EVENTS,
} from "@/db/vocabulary/incidents";
import { TIME_ZONES } from "@/db/vocabulary/zones";
import { LOCALES } from "@/db/vocabulary/languages";

/** A text in each language it was written in. */
export const perLocale = z.partialRecord(z.enum(LOCALES), z.string());

/** How the author wrote the texts of a notice: absent where they are plain words, as all were (docs/decisions/092). */
const format = z.literal("markdown").optional();

const INCIDENT_NOTICES = ["initial", "update", "correction", "final"] as const;

/** What a notice of an incident tells. */
export const incidentWords = z.object({
  noticeId: z.string(),
  incidentId: z.string(),
  incidentNumber: z.string(),
  /** Nothing happened: it is told to rehearse how it is told. */
  rehearsal: z.literal(true).optional(),
  type: z.enum(INCIDENT_NOTICES),
  /** 1, 2, 3 … within its incident. */
  sequence: z.number(),
  title: perLocale,
  kind: z.enum(INCIDENT_KINDS),
  severity: z.enum(SEVERITIES),
  status: z.enum(INCIDENT_STATUSES),
  visibility: z.enum(VISIBILITIES),
  /** What the guide promises of every notice (P20–P22). */
  parts: z.object({
    situation: perLocale,
    measures: z.array(z.object({ state: z.enum(MEASURE_STATES), at: z.string(), text: perLocale })),
    adviceDevelopers: z.array(perLocale),
    adviceEndUsers: perLocale,
    actionability: z.enum(ACTIONABILITIES),
    format,
  }),
  dataKinds: perLocale,
  cause: perLocale,
  occurredAt: z.string().nullable(),
  discoveredAt: z.string(),
  /** When the contingency plan was started (P16), where it was. */
  containmentBegunAt: z.string().optional(),
  containedAt: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  contact: z.string(),
  /** What everybody may read where the visibility is "restricted". */
  publicSummary: perLocale,
  corrects: z.object({ sequence: z.number(), publishedAt: z.string() }).nullable(),
  /** What was published of the incident before. */
  before: z
    .array(
      z.object({ sequence: z.number(), type: z.enum(INCIDENT_NOTICES), publishedAt: z.string() }),
    )
    .optional(),
  publishedAt: z.string(),
  contentHash: z.string(),
});

/** What an announcement tells. */
export const announcement = z.object({
  noticeId: z.string(),
  title: perLocale,
  body: perLocale,
  format,
  actionability: z.enum(ACTIONABILITIES),
  /** What is told of a transfer, one abroad or a disclosure; others have none. */
  matter: z
    .object({
      kind: z.enum(MATTERS),
      parts: z.partialRecord(z.enum(ALL_MATTER_PARTS), perLocale),
    })
    .optional(),
  /** When it was to go out; others are told as soon as they are approved. */
  plannedAt: z.string().optional(),
  /** By whose clock it was planned (IANA); others by Beijing's. */
  plannedZone: z.enum(TIME_ZONES).optional(),
  /** The announcement that this one corrects, adds to or ends; `announcementId` where everybody may read that. */
  follows: z
    .object({
      kind: z.enum(FOLLOW_KINDS),
      noticeId: z.string(),
      announcementId: z.string().nullable(),
      title: perLocale,
      publishedAt: z.string(),
    })
    .optional(),
  publishedAt: z.string(),
  contentHash: z.string(),
});

/** That a notice was sent by one person alone, and what became of it. It names nobody, and quotes nothing. */
export const noticeLook = z.object({
  event: z.enum(LOOK_EVENTS),
  noticeId: z.string(),
  incidentNumber: z.string(),
  sequence: z.number(),
  /** ISO 8601, UTC: when it was sent, and until when a second person has to look. */
  sentAt: z.string(),
  lookDueAt: z.string(),
  /** Of an objection: whether a correction was begun with it. */
  isDrafted: z.boolean().optional(),
  /** Of a notice that is only rehearsed. */
  rehearsal: z.literal(true).optional(),
});
