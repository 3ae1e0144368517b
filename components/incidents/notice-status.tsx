import { useTranslations } from "next-intl";

import { Status, type StatusTone } from "@/components/ui/status";
import type { NoticeStatus as Value } from "@/db/vocabulary/incidents";

export const NOTICE_TONES: Record<Value, StatusTone> = {
  draft: "off",
  in_review: "run",
  published: "ok",
  discarded: "off",
};

/** Where a notice stands on its way to the readers. */
export function NoticeStatus({ status }: { status: Value }) {
  const t = useTranslations("incidents.desk.noticeStatus");
  return <Status tone={NOTICE_TONES[status]}>{t(status)}</Status>;
}
