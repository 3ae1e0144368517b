import type { Told } from "@/domain/broadcasts/facts";

import { NoticeAnnouncement } from "./notice-announcement";
import { NoticeDeregistration } from "./notice-deregistration";
import { NoticeIncident } from "./notice-incident";
import { NoticePolicy } from "./notice-policy";
import { NoticeReceipt } from "./notice-receipt";
import { NoticeRequest } from "./notice-request";
import { NoticeWithdrawal } from "./notice-withdrawal";

type Props = {
  told: Told;
  /** The reader's own apps that an incident affects. */
  apps?: readonly { name: string; sdkAppId: string }[];
};

/** An in-site message: the same sentences as its mail. The page around it shows the title. */
export function NoticeBody({ told, apps = [] }: Props) {
  switch (told.kind) {
    case "policy_change":
    case "acknowledgement_reminder":
      return <NoticePolicy told={told} />;
    case "acknowledgement_receipt":
      return <NoticeReceipt facts={told.facts} />;
    case "request_update":
      return <NoticeRequest facts={told.facts} />;
    case "incident_notice":
      return <NoticeIncident facts={told.facts} apps={apps} />;
    case "announcement":
      return <NoticeAnnouncement facts={told.facts} />;
    case "deregistration_update":
      return <NoticeDeregistration facts={told.facts} />;
    case "withdrawal":
      return <NoticeWithdrawal facts={told.facts} />;
  }
}
