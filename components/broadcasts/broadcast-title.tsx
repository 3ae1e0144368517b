import { useLocale } from "next-intl";

import type { Told } from "@/domain/broadcasts/facts";
import { noticeTitle } from "@/wording/notice-line";

/** What a notice tells, in one line of the reader's language. For server components. */
export function BroadcastTitle({ told }: { told: Told }) {
  return noticeTitle(told, useLocale());
}
