import { useTranslations } from "next-intl";

import { Status, type StatusTone } from "@/components/ui/status";
import type { RequestStatus as Code } from "@/db/vocabulary/requests";

const TONES: Record<Code, StatusTone> = {
  received: "info",
  verifying: "run",
  need_more: "warn",
  in_progress: "run",
  with_developer: "warn",
  in_review: "warn",
  fulfilled: "ok",
  partly_fulfilled: "ok",
  refused: "off",
  appealed: "info",
  withdrawn: "off",
};

export function RequestStatus({ status }: { status: Code }) {
  const t = useTranslations("requests.desk");
  return <Status tone={TONES[status]}>{t(`status.${status}`)}</Status>;
}
