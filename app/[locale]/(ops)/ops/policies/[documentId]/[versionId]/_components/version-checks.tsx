import { getLocale, getTranslations } from "next-intl/server";

import { Checks, type Line } from "@/app/[locale]/(ops)/ops/_reviews/checks";
import { LOCALES } from "@/db/vocabulary/languages";
import { type CheckResult } from "@/domain/policies/checks";
import { type OpsVersion } from "@/domain/policies/find-version";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";

import { explain } from "../actions";

type Props = Pick<OpsVersion, "version" | "checks" | "writers"> & {
  /** Whether its author is looking, who may explain; a reviewer only reads. */
  isOpen: boolean;
};

/** What the checks before review find in a version, and why it may stay. */
export async function VersionChecks({ version, checks, writers, isOpen }: Props) {
  const [t, name] = await Promise.all([
    getTranslations("policies.ops.checks"),
    getTranslations("policies.browser.check.names"),
  ]);
  const results = await Promise.all(
    checks.map(async ({ findings, ...result }) => ({
      ...result,
      ...{ name: name(result.check), text: t(`text.${result.check}`) },
      lines: await Promise.all(findings.map((finding) => lineOf(result.check, finding))),
    })),
  );
  const hidden = { versionId: version.id, revision: version.revision };
  return <Checks {...{ results, hidden, writers, isOpen }} action={explain} />;
}

/** What was found, in words: a place of the text and its words, or what the check counts. */
async function lineOf(
  check: CheckResult["check"],
  { place, words }: CheckResult["findings"][number],
): Promise<Line> {
  const [t, locale] = [await getTranslations("policies"), await getLocale()];
  if (check === "short_notice") {
    const date = formatDate(shanghaiMidnight(words ?? ""), locale);
    return { words: t("ops.checks.days", { date, wanted: place ?? "" }), place: null };
  }
  const translation = LOCALES.find((one) => one === place);
  if (check !== "translation_behind" || !translation) return { words: words ?? "", place };
  const binding = LOCALES.find((one) => one !== translation) ?? translation;
  const languages = {
    translation: t(`language.${translation}`),
    binding: t(`language.${binding}`),
  };
  const doubt = DOUBTS.find((one) => one === words) ?? "rows";
  return { words: t(`ops.doubts.${doubt}`, languages), place: null };
}

const DOUBTS = ["stale", "frame", "rows"] as const;
