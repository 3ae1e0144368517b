import type { Told } from "@/domain/broadcasts/facts";

import { NoticePolicy } from "./notice-policy";
import { NoticeReceipt } from "./notice-receipt";
import { NoticeRequest } from "./notice-request";

/** An in-site message: the same sentences as its mail. The page around it shows the title. */
export function NoticeBody({ told }: { told: Told }) {
  switch (told.kind) {
    case "policy_change":
    case "acknowledgement_reminder":
      return <NoticePolicy told={told} />;
    case "acknowledgement_receipt":
      return <NoticeReceipt facts={told.facts} />;
    case "request_update":
      return <NoticeRequest facts={told.facts} />;
  }
}
