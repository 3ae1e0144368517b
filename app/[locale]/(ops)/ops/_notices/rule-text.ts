import { type AudienceRule } from "@/db/schema";
import { type Locale } from "@/db/vocabulary";
import { translator } from "@/messages/translator";

type Rule = Pick<
  AudienceRule,
  "platforms" | "versionRange" | "regions" | "apiOnly" | "undecided"
> & {
  named: { count: number };
  excluded: { count: number };
};

/** The rule of an audience, part by part: "Android、iOS · 版本 >=7.9.0 <8.1.0 · 中国大陆". */
export function ruleText(rule: Rule, locale: Locale): string {
  const t = translator(locale, "publishing");
  const words = translator(locale, "accounts");
  const { platforms, versionRange, regions, apiOnly, named, excluded } = rule;
  if (rule.undecided) return t("rule.undecided");
  const list = (parts: readonly string[]) => parts.join(t("separator"));
  const ways = [
    ...platforms.map((one) => words(`platform.${one}`)),
    ...(apiOnly ? [t("rule.apiOnly")] : []),
  ];
  const byRule = [
    ways.length > 0 ? list(ways) : t("rule.anyWay"),
    ...(versionRange ? [t("rule.versions", { range: versionRange })] : []),
    ...(regions.length > 0 ? [list(regions.map((one) => words(`region.${one}`)))] : []),
  ];
  return [
    ...(named.count > 0 ? [t("rule.named", { count: named.count })] : byRule),
    ...(excluded.count > 0 ? [t("rule.excluded", { count: excluded.count })] : []),
  ].join(" · ");
}

/** A rule with its lists counted. */
export const countedRule = ({ sdkAppIds, excludedSdkAppIds, ...rule }: AudienceRule): Rule => ({
  ...rule,
  named: { count: sdkAppIds.length },
  excluded: { count: excludedSdkAppIds.length },
});
