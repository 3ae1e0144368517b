import { useLocale, useTranslations } from "next-intl";

import { Section } from "@/components/ui/section";
import type { ManifestChange } from "@/text/manifest-diff";
import { listChangeRuns } from "@/wording/list-changes";

import { Runs } from "./change-words";

const EDGES = {
  added: "border-diff-ins-ink bg-diff-ins/40",
  removed: "border-diff-del-ink bg-diff-del/40",
  changed: "border-action",
} as const;

/** What became of a version's lists, by what they mean; the words below show where it is written. */
export function ListChanges({ changes }: { changes: readonly ManifestChange[] }) {
  const t = useTranslations("policies.manifest.changes");
  const locale = useLocale();
  if (changes.length === 0) return null;
  return (
    <Section title={t("title")} note={t("lead")}>
      <ul className="max-w-measure text-ui mb-8 grid gap-1.5 wrap-anywhere">
        {changes.map((change, index) => (
          <li key={index} className={`border-l-[3px] py-1 pl-3 ${EDGES[change.kind]}`}>
            <Runs runs={listChangeRuns(change, locale)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
