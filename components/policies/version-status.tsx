import { useTranslations } from "next-intl";

import { Stamp } from "@/components/ui/stamp";
import { Status, type StatusTone } from "@/components/ui/status";
import type { VersionStatus as Value } from "@/db/vocabulary/policies";

const TONES: Record<Exclude<Value, "in_force">, StatusTone> = {
  draft: "off",
  in_review: "run",
  scheduled: "info",
  archived: "off",
  withdrawn: "off",
  discarded: "off",
};

/** Where a version stands: the seal for the one in force, a shape and a word for all others. */
export function VersionStatus({ status }: { status: Value }) {
  const t = useTranslations("policies.status");
  if (status === "in_force") return <Stamp>{t(status)}</Stamp>;
  return <Status tone={TONES[status]}>{t(status)}</Status>;
}
