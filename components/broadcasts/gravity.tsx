import { useLocale } from "next-intl";

import { ActionabilityChip, SeverityChip } from "@/components/incidents/incident-status";
import { MajorChip } from "@/components/policies/version-status";
import type { Told } from "@/domain/broadcasts/facts";
import { noticeKind } from "@/wording/notice-line";

import { Marks } from "./broadcast-status";

/** How much a notice weighs: a major change, the severity of an incident and whether its reader has to act. */
export function Gravity({ told }: { told: Told }) {
  if (told.kind === "policy_change" || told.kind === "acknowledgement_reminder")
    return told.facts.isMajor ? <MajorChip /> : null;
  if (told.kind !== "incident_notice") return null;
  // What did not happen weighs nothing; its kind says that it is a rehearsal.
  if (told.facts.rehearsal) return null;
  const { severity, parts } = told.facts;
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      <SeverityChip severity={severity} />
      {parts.actionability === "required" && <ActionabilityChip value="required" />}
    </span>
  );
}

type Props = { told: Told } & Partial<React.ComponentProps<typeof Marks>>;

/** The kind of a notice, its weight and what has become of it; of what is withdrawn the weight counts no more. */
export function NoticeKind({ told, withdrawnAt = null, following = [] }: Props) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1 font-normal">
      <span>{noticeKind(told, useLocale())}</span>
      {!withdrawnAt && <Gravity told={told} />}
      <Marks withdrawnAt={withdrawnAt} following={following} />
    </span>
  );
}
