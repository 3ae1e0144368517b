import { useTranslations } from "next-intl";

import type { BannerTone } from "@/components/ui/banner";
import { Chip } from "@/components/ui/chip";
import { Stamp } from "@/components/ui/stamp";
import { Status, type StatusTone } from "@/components/ui/status";
import type { VersionStatus as Value } from "@/db/vocabulary/policies";

const VERSION_TONES: Record<Exclude<Value, "in_force">, StatusTone> = {
  draft: "off",
  in_review: "run",
  scheduled: "info",
  archived: "off",
  withdrawn: "off",
  discarded: "off",
};

/** Above the text of what everybody may read and is not in force. */
export const VERSION_BANNER_TONES = {
  scheduled: "info",
  archived: "plain",
  withdrawn: "warn",
} satisfies Partial<Record<Value, BannerTone>>;

/** An answer to one of the six questions, and what all of them come to. */
const QUESTION_TONES = {
  yes: "warn",
  no: "off",
  unanswered: "danger",
  major: "warn",
  minor: "info",
  undecided: "info",
} satisfies Record<string, StatusTone>;

/** Where a version stands: the seal for the one in force, a shape and a word for all others. */
export function VersionStatus({ status }: { status: Value }) {
  const t = useTranslations("policies.status");
  if (status === "in_force") return <Stamp>{t(status)}</Stamp>;
  return <Status tone={VERSION_TONES[status]}>{t(status)}</Status>;
}

/** That a change is major, wherever a version or its notice is named. */
export function MajorChip({ after }: { after?: boolean }) {
  const t = useTranslations("broadcasts.kind");
  return (
    <Chip tone="warn" after={after}>
      {t("major")}
    </Chip>
  );
}

export function QuestionStatus({ state }: { state: keyof typeof QUESTION_TONES }) {
  const t = useTranslations("policies.browser.questions");
  return <Status tone={QUESTION_TONES[state]}>{t(state)}</Status>;
}

/** Beside personal information that is sensitive (P05). */
export function SensitiveChip() {
  const t = useTranslations("policies.manifest");
  return (
    <Chip tone="warn" after>
      {t("sensitive")}
    </Chip>
  );
}
