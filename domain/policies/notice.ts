import type { Db, Tx } from "@/db/client";
import type { PolicyDocument, PolicyVersion } from "@/db/schema";

import type { PolicyChangeFacts } from "../broadcasts/facts";
import { titlesOf, versionBefore } from "./find";
import { majorReasons } from "./rules";

/** What a notice says about a version: its concrete changes and its effective date (P39, P41). */
export async function policyChangeFacts(
  db: Db | Tx,
  { version, document }: { version: PolicyVersion; document: PolicyDocument },
): Promise<PolicyChangeFacts> {
  if (!version.effectiveAt || !version.contentHash)
    throw new Error(`version ${version.id} has not been approved`);
  const previous = await versionBefore(db, version);
  return {
    versionId: version.id,
    documentSlug: document.slug,
    documentTitle: titlesOf(document),
    label: version.label,
    previousLabel: previous?.label ?? null,
    isMajor: version.isMajor,
    majorReasons: majorReasons(version.majorAnswers),
    affectsEndUsers: version.affectsEndUsers,
    changes: version.changes,
    effectiveAt: version.effectiveAt.toISOString(),
    contentHash: version.contentHash,
  };
}
