import type { Incident, Notice } from "@/db/schema";
import type { LookVerdict, Severity } from "@/db/vocabulary/incidents";

import { assertMove, type Moves } from "../reviews/rules";

/** The one grade whose notices may leave before a second person has seen them. */
export const EMERGENCY_GRADE: Severity = "very_major";

/** Until a second person has to look at what one person sent. */
export const LOOK_MINUTES = 30;

export const lookDueAt = (sentAt: Date): Date => new Date(sentAt.getTime() + LOOK_MINUTES * 60_000);

type Sendable = {
  notice: Pick<Notice, "notifies" | "status">;
  incident: Pick<Incident, "severity" | "status"> | null;
};

/** Whether one person may send it alone: it waits for a second one, tells somebody, and is of the gravest grade. */
export const mayBeSentAlone = ({ notice, incident }: Sendable): boolean =>
  notice.status === "in_review" &&
  notice.notifies &&
  incident?.severity === EMERGENCY_GRADE &&
  incident.status !== "false_alarm";

export const LOOK_STATES = ["waits", "unseen", "confirmed", "objected"] as const;
export type LookState = (typeof LOOK_STATES)[number];

/** What a second person may still say; who looks late may, and what was said stays. */
export const LOOK_MOVES: Moves<LookState> = {
  waits: ["confirmed", "objected"],
  unseen: ["confirmed", "objected"],
  confirmed: [],
  objected: [],
};

type Look = { verdict: LookVerdict | null; lookDueAt: Date; now: Date };

/** At the limit nobody has looked in time. */
export const lookStateOf = ({ verdict, lookDueAt: dueAt, now }: Look): LookState =>
  verdict ?? (now < dueAt ? "waits" : "unseen");

/** @throws Conflict where somebody has looked already */
export const assertLook = (look: Look, to: LookVerdict): void =>
  assertMove(LOOK_MOVES, { from: lookStateOf(look), to }, "notices.errors.emergency.lookedAt");
