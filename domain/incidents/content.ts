import type { Incident, Notice } from "@/db/schema";
import { hashOf } from "@/lib/hash";

import type { AnnouncementFacts, IncidentNoticeFacts } from "../broadcasts/facts";
import type { NoticeWithIncident } from "./find";

/** What a notice tells, but for the moment and the fingerprint it gets when it is approved. */
type Content =
  | { kind: "incident_notice"; facts: Omit<IncidentNoticeFacts, "publishedAt" | "contentHash"> }
  | { kind: "announcement"; facts: Omit<AnnouncementFacts, "publishedAt" | "contentHash"> };

/** A notice's words and its incident's, as they are told. */
export function contentOf(subject: NoticeWithIncident): Content {
  const { notice, incident, corrected, before } = subject;
  if (!incident) return { kind: "announcement", facts: announcementOf(subject) };
  const { title, ...parts } = notice.parts;
  const { type } = notice;
  if (type === "announcement") throw new Error(`notice ${notice.id} has an incident`);
  return {
    kind: "incident_notice",
    facts: {
      noticeId: notice.id,
      incidentId: incident.id,
      incidentNumber: incident.number,
      // Absent where it happened: the fingerprints of before hold.
      ...(incident.isRehearsal && { rehearsal: true }),
      type,
      sequence: notice.sequence,
      title,
      kind: incident.kind,
      severity: incident.severity,
      status: incident.status,
      visibility: incident.visibility,
      parts,
      dataKinds: incident.dataKinds,
      cause: incident.cause,
      ...momentsOf(incident),
      contact: incident.contact,
      publicSummary: incident.publicSummary,
      corrects: corrected?.publishedAt
        ? { sequence: corrected.sequence, publishedAt: corrected.publishedAt.toISOString() }
        : null,
      // Absent where it is the first: the fingerprints of before hold.
      ...(before.length > 0 && { before: saidBefore(before) }),
    },
  };
}

/** What is absent keeps the fingerprints of before it was known: plain words, at once, of no matter, by itself. */
function announcementOf({ notice, followed }: NoticeWithIncident) {
  const { id, parts, goesOutAt, goesOutZone, followKind } = notice;
  const { title, situation, actionability, format, matter, matterParts = {} } = parts;
  return {
    ...{ noticeId: id, title, body: situation, actionability },
    ...(format && { format }),
    ...(goesOutAt && { plannedAt: goesOutAt.toISOString() }),
    ...(goesOutAt && goesOutZone && { plannedZone: goesOutZone }),
    ...(matter && { matter: { kind: matter, parts: matterParts } }),
    ...(followed && followKind && { follows: { kind: followKind, ...referenceTo(followed) } }),
  };
}

/** An announcement as what follows it names it: where everybody may read it, by its address. */
const referenceTo = ({ id, parts, visibility, broadcastId, publishedAt }: Notice) => ({
  noticeId: id,
  announcementId: visibility === "public" ? (broadcastId ?? id) : null,
  title: parts.title,
  publishedAt: publishedAt?.toISOString() ?? "",
});

const saidBefore = (before: NoticeWithIncident["before"]) =>
  before.flatMap(({ sequence, type, publishedAt }) =>
    type === "announcement" || !publishedAt
      ? []
      : [{ sequence, type, publishedAt: publishedAt.toISOString() }],
  );

export function momentsOf(incident: Incident) {
  const { occurredAt, discoveredAt, containmentBegunAt, containedAt, resolvedAt } = incident;
  return {
    occurredAt: occurredAt?.toISOString() ?? null,
    discoveredAt: discoveredAt.toISOString(),
    // Absent where it is not known: the fingerprints of before hold.
    ...(containmentBegunAt && { containmentBegunAt: containmentBegunAt.toISOString() }),
    containedAt: containedAt?.toISOString() ?? null,
    resolvedAt: resolvedAt?.toISOString() ?? null,
  };
}

/**
 * The one fingerprint that an approval is bound to: what is told, whether, how widely and in which waves, the rule
 * of the audience, and the list of apps the rule has found (`appsHash`).
 */
export function contentHash(subject: NoticeWithIncident, appsHash: string): string {
  const { notice, incident } = subject;
  const { notifies, silentReason, audience, waves } = notice;
  return hashOf({
    content: contentOf(subject),
    visibility: incident?.visibility ?? notice.visibility,
    notifies,
    silentReason,
    audience,
    apps: appsHash,
    // Absent where it goes to everybody at once: the fingerprints of before hold.
    ...(waves && { waves }),
  });
}

type Stamp = { publishedAt: Date; contentHash: string };

/** The facts of a broadcast: the content with the moment and the fingerprint. */
export function factsOf(subject: NoticeWithIncident, { publishedAt, contentHash: hash }: Stamp) {
  const stamp = { publishedAt: publishedAt.toISOString(), contentHash: hash };
  const content = contentOf(subject);
  return content.kind === "announcement"
    ? { kind: content.kind, facts: { ...content.facts, ...stamp } }
    : { kind: content.kind, facts: { ...content.facts, ...stamp } };
}
