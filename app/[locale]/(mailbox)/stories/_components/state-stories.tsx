import { getTranslations } from "next-intl/server";

import {
  AccountStatus,
  AppStatus,
  ContactStatus,
  SyncStatus,
} from "@/components/accounts/account-status";
import { BroadcastStatus } from "@/components/broadcasts/broadcast-status";
import { DeliveryStatus } from "@/components/broadcasts/delivery-status";
import { DeregistrationStatus } from "@/components/deregistrations/deregistration-status";
import {
  ActionabilityChip,
  IncidentStatus,
  NoticeStatus,
  RestrictedChip,
  SeverityChip,
} from "@/components/incidents/incident-status";
import { AnswerStatus } from "@/components/policies/answer-status";
import { MajorChip, VersionStatus } from "@/components/policies/version-status";
import {
  OverdueChip,
  OwnRequestStatus,
  PriorityChip,
  RequestStatus,
} from "@/components/requests/request-status";
import { TokenStatus } from "@/components/tickets/ticket-status";
import { Facts } from "@/components/ui/facts";
import { Section } from "@/components/ui/section";
import { SYNC_STATES } from "@/db/vocabulary/accounts";
import { BROADCAST_STATUSES, DELIVERY_STATUSES } from "@/db/vocabulary/broadcasts";
import { DEREGISTRATION_STATUSES } from "@/db/vocabulary/deregistrations";
import {
  ACTIONABILITIES,
  INCIDENT_STATUSES,
  NOTICE_STATUSES,
  SEVERITIES,
} from "@/db/vocabulary/incidents";
import { ACKNOWLEDGEMENT_ANSWERS, VERSION_STATUSES } from "@/db/vocabulary/policies";
import { REQUEST_STATUSES } from "@/db/vocabulary/requests";

const DAY = new Date("2026-11-02T02:00:00Z");

const STATES = [
  ["versions", row(VERSION_STATUSES, (status) => <VersionStatus status={status} />)],
  ["answers", row(ACKNOWLEDGEMENT_ANSWERS, (answer) => <AnswerStatus answer={answer} />)],
  ["incidents", row(INCIDENT_STATUSES, (status) => <IncidentStatus status={status} />)],
  ["severities", row(SEVERITIES, (severity) => <SeverityChip severity={severity} />)],
  ["actions", row(ACTIONABILITIES, (value) => <ActionabilityChip value={value} />)],
  ["notices", row(NOTICE_STATUSES, (status) => <NoticeStatus status={status} />)],
  [
    "broadcasts",
    row(BROADCAST_STATUSES, (status) => (
      <BroadcastStatus
        broadcast={{ status, cancelledAt: null, preparedAt: new Date(0), unreachedAccounts: 1 }}
      />
    )),
  ],
  ["deliveries", row(DELIVERY_STATUSES, (status) => <DeliveryStatus status={status} />)],
  ["requests", row(REQUEST_STATUSES, (status) => <RequestStatus status={status} />)],
  ["ownRequests", row(REQUEST_STATUSES, (status) => <OwnRequestStatus status={status} />)],
  [
    "deregistrations",
    row(DEREGISTRATION_STATUSES, (status) => <DeregistrationStatus status={status} />),
  ],
  ["accounts", row([null, DAY], (closedAt) => <AccountStatus closedAt={closedAt} />)],
  ["syncs", row(SYNC_STATES, (state) => <SyncStatus state={state} />)],
  ["apps", row([null, DAY], (closedAt) => <AppStatus closedAt={closedAt} />)],
  [
    "contacts",
    row(["verified", "waiting", "expired", "suppressed"] as const, (state) => (
      <ContactStatus state={state} />
    )),
  ],
  [
    "tokens",
    row(["active", "expired", "revoked"] as const, (state) => <TokenStatus state={state} />),
  ],
  ["marks", row([MajorChip, OverdueChip, PriorityChip, RestrictedChip], (Mark) => <Mark />)],
] as const;

/** Every state of every thing, as its lists show it. */
export async function StateStories() {
  const t = await getTranslations("mailbox.stories.states");
  return (
    <Section title={t("title")}>
      <Facts facts={STATES.map(([thing, value]) => ({ term: t(thing), value }))} />
    </Section>
  );
}

function row<Value>(values: readonly Value[], show: (value: Value) => React.ReactNode) {
  return (
    <span className="flex flex-wrap items-center gap-x-5 gap-y-2">
      {values.map((value, index) => (
        <span key={index}>{show(value)}</span>
      ))}
    </span>
  );
}
