import type { AudienceRule, Incident, JudgedNotice, Notice, RuleSummary } from "@/db/schema";
import { hashOf } from "@/lib/hash";

import { momentsOf } from "./content";

/** A rule as records keep it: lists by their length and fingerprint. */
export function ruleSummary({ sdkAppIds, excludedSdkAppIds, ...rule }: AudienceRule): RuleSummary {
  const list = (ids: readonly string[]) => ({ count: ids.length, hash: hashOf(ids) });
  return { ...rule, named: list(sdkAppIds), excluded: list(excludedSdkAppIds) };
}

export function contentForReview(notice: Notice, incident: Incident | null): JudgedNotice {
  const { type, parts, notifies, silentReason, audience, goesOutAt, goesOutZone, waves } = notice;
  return {
    type,
    parts,
    notifies,
    silentReason,
    audience: ruleSummary(audience),
    visibility: incident?.visibility ?? notice.visibility,
    ...(!incident && { goesOutAt: goesOutAt?.toISOString() ?? null }),
    ...(goesOutZone && { goesOutZone }),
    ...(waves && { waves }),
    incident: incident && {
      kind: incident.kind,
      severity: incident.severity,
      status: incident.status,
      publicSummary: incident.publicSummary,
      ...momentsOf(incident),
      dataKinds: incident.dataKinds,
      cause: incident.cause,
      contact: incident.contact,
    },
  };
}
