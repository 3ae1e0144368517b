import type { Told } from "@/domain/broadcasts/facts";

import { AnnouncementBody } from "./announcement-body";
import { DeregistrationBody } from "./deregistration-body";
import { IncidentBody } from "./incident-body";
import { PolicyBody } from "./policy-body";
import { ReceiptBody } from "./receipt-body";
import { RequestBody } from "./request-body";
import { WithdrawalBody } from "./withdrawal-body";

type Props = {
  told: Told;
  /** The reader's own apps that an incident affects. */
  apps?: readonly { name: string; sdkAppId: string }[];
};

/** An in-site message: the same sentences as its mail. The page around it shows the title. */
export function BroadcastBody({ told, apps = [] }: Props) {
  switch (told.kind) {
    case "policy_change":
    case "acknowledgement_reminder":
      return <PolicyBody told={told} />;
    case "acknowledgement_receipt":
      return <ReceiptBody facts={told.facts} />;
    case "request_update":
      return <RequestBody facts={told.facts} />;
    case "incident_notice":
      return <IncidentBody facts={told.facts} apps={apps} />;
    case "announcement":
      return <AnnouncementBody facts={told.facts} />;
    case "deregistration_update":
      return <DeregistrationBody facts={told.facts} />;
    case "withdrawal":
      return <WithdrawalBody facts={told.facts} />;
  }
}
