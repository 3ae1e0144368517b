import { getLocale, getTranslations } from "next-intl/server";

import { type Comparable, SinceReturn } from "@/app/[locale]/(ops)/ops/_reviews/since-return";
import { DiffView } from "@/components/policies/diff-view";
import { hashedContent } from "@/domain/policies/content";
import { type OpsVersion } from "@/domain/policies/find-version";

import { changedTexts, type JudgedVersion, partsOf } from "./version-parts";

/** What is different from what was last sent back: the facts word by word, the texts clause by clause. */
export async function VersionSinceReturn({ read }: { read: OpsVersion }) {
  const now = hashedContent({ ...read.version, texts: read.texts, manifests: read.manifests });
  return <SinceReturn read={read} compare={await comparableVersion(now)} />;
}

/** What a version says, to be compared with what it said: its facts in words, its texts by their clauses. */
export async function comparableVersion(now: JudgedVersion): Promise<Comparable<JudgedVersion>> {
  const [t, words, locale] = await Promise.all([
    getTranslations("policies.ops.review"),
    getTranslations("ui.bilingual"),
    getLocale(),
  ]);
  const textsOf = async (judged: JudgedVersion) =>
    (await changedTexts(judged.texts, now.texts)).map((text) => ({
      name: words(text.lang, { label: t("text") }),
      content:
        text.is === "changed" ? (
          <DiffView
            entries={text.entries}
            layout="inline"
            onlyChanges
            lang={text.lang}
            prefix={`since-${text.lang}-`}
          />
        ) : (
          t(text.is === "added" ? "textAdded" : "textRemoved")
        ),
    }));
  return { now, partsOf: (judged) => partsOf(judged, locale), others: textsOf };
}
