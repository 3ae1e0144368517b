import type { NoticeParts } from "@/db/schema/incidents";
import {
  type ContainmentStep,
  type NoticeCheck,
  type NoticeType,
  PLANS,
} from "@/db/vocabulary/incidents";
import type { Context } from "@/domain/context";
import { beginContainment } from "@/domain/incidents/begin-containment";
import { draftAnnouncement, draftNotice } from "@/domain/incidents/draft-notice";
import { editNotice } from "@/domain/incidents/edit-notice";
import { explainNotice } from "@/domain/incidents/explain-notice";
import { findIncident } from "@/domain/incidents/find-incident";
import { findNotice } from "@/domain/incidents/find-notice";
import { moveIncident } from "@/domain/incidents/move-incident";
import { listNoticeChecks } from "@/domain/incidents/notice-checks";
import { openIncident } from "@/domain/incidents/open-incident";
import { approveNotice } from "@/domain/incidents/review-notice";
import { setAudience } from "@/domain/incidents/set-audience";
import { settleStep } from "@/domain/incidents/settle-step";
import { submitNotice } from "@/domain/incidents/submit-notice";

import { APPROVER, AUTHOR } from "../people";
import * as texts from "./incident-texts";
import * as more from "./outage-texts";
import type { Teller } from "./teller";

type Stage = Pick<Teller, "as" | "started"> & { productId: string };
type OpenedIncident = { id: string; number: string };
type Rule = Partial<Omit<Parameters<typeof setAudience>[1], "noticeId" | "revision" | "by">>;
type Telling = {
  type: Exclude<NoticeType, "announcement">;
  /** When the author writes, and how many minutes later a second person approves; null: it waits. */
  at: Date;
  approvedAfter: number | null;
  parts: (at: Date) => NoticeParts;
  rule?: Rule;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The security chapter: an incident from its first notice to the final report that waits for
 * approval, one of security contacts alone, one long closed, one nobody has been told of yet, and an
 * announcement. Whole minutes, as people enter them.
 */
export async function tellIncidents(stage: Stage): Promise<void> {
  const minutes = Math.floor(stage.started.getTime() / MINUTE) * MINUTE;
  const ago = (milliseconds: number) => new Date(minutes - milliseconds);
  await tellOutage(stage, ago);
  await tellTokenCache(stage, ago);
  await tellPushKey(stage, ago);
  await open(stage, ago(35 * MINUTE), more.delay(ago(50 * MINUTE)));
  await announce(stage, ago(6 * HOUR));
}

type Ago = (milliseconds: number) => Date;

/** Long over: public, with its final report, closed. */
async function tellOutage(stage: Stage, ago: Ago): Promise<void> {
  const discovered = ago(46 * DAY);
  const incident = await open(stage, later(discovered, 10), more.outage(discovered));
  const rule: Rule = { platforms: ["windows"] };
  await tell(stage, incident, {
    type: "initial",
    at: later(discovered, 40),
    approvedAfter: 15,
    parts: more.outageFirst,
    rule,
  });
  await contain(stage, incident, { at: later(discovered, 60), steps: PLANS.availability });
  await move(stage, incident, { to: "contained", at: later(discovered, 150) });
  await move(stage, incident, { to: "resolved", at: later(discovered, 190) });
  await tell(stage, incident, {
    type: "final",
    at: later(discovered, 2 * 24 * 60),
    approvedAfter: 60,
    parts: more.outageFinal,
  });
  await move(stage, incident, { to: "closed", at: later(discovered, 3 * 24 * 60) });
}

/** The main story: told in time, contained, resolved; the final report waits for a second person. */
async function tellTokenCache(stage: Stage, ago: Ago): Promise<void> {
  const discovered = ago(26 * HOUR);
  const incident = await open(stage, later(discovered, 20), texts.tokenCache(discovered));
  await tell(stage, incident, {
    type: "initial",
    at: later(discovered, 55),
    approvedAfter: 20,
    parts: texts.tokenCacheFirst,
    rule: { platforms: ["android"], versionRange: ">=7.9.0 <8.1.0" },
  });
  await contain(stage, incident, {
    at: later(discovered, 80),
    steps: ["assess_scope", "halt_release", "mitigate"],
  });
  await move(stage, incident, { to: "contained", at: later(discovered, 5 * 60) });
  await tell(stage, incident, {
    type: "update",
    at: later(discovered, 6 * 60),
    approvedAfter: 25,
    parts: texts.tokenCacheUpdate,
  });
  await move(stage, incident, { to: "resolved", at: ago(2 * HOUR) });
  await tell(stage, incident, {
    type: "final",
    at: ago(40 * MINUTE),
    approvedAfter: null,
    parts: texts.tokenCacheFinal,
  });
}

/** Restricted: only the security contacts of one account are told. */
async function tellPushKey(stage: Stage, ago: Ago): Promise<void> {
  const discovered = ago(9 * HOUR);
  const incident = await open(stage, later(discovered, 15), texts.pushKey(discovered));
  await tell(stage, incident, {
    type: "initial",
    at: later(discovered, 50),
    approvedAfter: 20,
    parts: texts.pushKeyFirst,
    rule: { named: "1400004077" },
  });
}

async function open({ as, productId }: Stage, at: Date, facts: texts.IncidentFacts) {
  const author = await as(AUTHOR, at);
  const ownerId = author.actor.kind === "person" ? author.actor.id : "";
  return openIncident(author, { productId, ...facts, ownerId });
}

async function tell(stage: Stage, incident: OpenedIncident, telling: Telling): Promise<void> {
  const { type, at, parts, rule, approvedAfter } = telling;
  const author = await stage.as(AUTHOR, at);
  const { id } = await draftNotice(author, { incidentId: incident.id, type, correctsId: null });
  await complete(stage, { id, type, parts: parts(at), at, approvedAfter, ...(rule && { rule }) });
}

async function announce(stage: Stage, at: Date): Promise<void> {
  const author = await stage.as(AUTHOR, at);
  const parts = more.announcement();
  const { id } = await draftAnnouncement(author, {
    productId: stage.productId,
    title: parts.title["zh-CN"] ?? "",
  });
  await complete(stage, { id, type: "announcement", parts, rule: {}, at, approvedAfter: 30 });
}

type Draft = Pick<Telling, "at" | "approvedAfter" | "rule"> & {
  id: string;
  type: NoticeType;
  parts: NoticeParts;
};

/** Writes the parts, chooses the audience and submits; another person approves where it is due. */
async function complete({ as }: Stage, draft: Draft): Promise<void> {
  const { id: noticeId, type, parts, rule, at, approvedAfter } = draft;
  const author = await as(AUTHOR, at);
  const saved = await editNotice(author, {
    noticeId,
    revision: 1,
    type,
    correctsId: null,
    notifies: true,
    silentReason: null,
    ...parts,
  });
  const { revision } = rule
    ? await setAudience(author, {
        ...{ platforms: [], versionRange: "", regions: [], apiOnly: false, named: "" },
        ...rule,
        ...{ noticeId, revision: saved.revision, by: wayOf(rule) },
        ...{ excluded: "", leavesOut: false },
      })
    : saved;
  await explainFindings(author, { noticeId, revision });
  const { contentHash } = await submitNotice(author, { noticeId, revision });
  if (approvedAfter === null) return;
  const approver = await as(APPROVER, later(at, approvedAfter));
  const { measured } = await findNotice(approver, { noticeId });
  await approveNotice(approver, { noticeId, contentHash, typedPeople: measured.people });
}

/** What the checks find may stay: the story has it in Chinese alone where readers are Chinese. */
async function explainFindings(author: Context, seen: { noticeId: string; revision: number }) {
  const checks = await listNoticeChecks(author, { noticeId: seen.noticeId });
  const explanations = Object.fromEntries(
    checks.map(({ check, digest }) => [check, { digest, reason: REASONS[check] ?? REASON }]),
  );
  if (checks.length > 0) await explainNotice(author, { ...seen, explanations });
}

const REASON = "已与安全团队逐项核对，可以保留。";
const REASONS: Partial<Record<NoticeCheck, string>> = {
  language: "受影响的开发者都在境内，先发中文，英文随更新补上。",
};

type Containing = { at: Date; steps: readonly ContainmentStep[] };

/** Starts the plan; its steps are done one by one, ten minutes apart. */
async function contain({ as }: Stage, { id, number }: OpenedIncident, { at, steps }: Containing) {
  const author = await as(AUTHOR, at);
  const { incident } = await findIncident(author, { number });
  await beginContainment(author, {
    ...{ incidentId: id, revision: incident.revision, containmentBegunAt: at.toISOString() },
  });
  for (const [index, step] of steps.entries())
    await settleStep(await as(AUTHOR, later(at, (index + 1) * 10)), {
      ...{ incidentId: id, step, state: "done" },
    });
}

type Move = { to: "contained" | "resolved" | "closed"; at: Date };

async function move({ as }: Stage, { id, number }: OpenedIncident, { to, at }: Move) {
  const author = await as(AUTHOR, at);
  const { incident } = await findIncident(author, { number });
  await moveIncident(author, {
    incidentId: id,
    revision: incident.revision,
    to,
    at: at.toISOString(),
  });
}

const later = (moment: Date, minutes: number) => new Date(moment.getTime() + minutes * MINUTE);

function wayOf(rule: Rule): "everybody" | "rule" | "list" {
  if (rule.named) return "list";
  return Object.keys(rule).length > 0 ? "rule" : "everybody";
}
