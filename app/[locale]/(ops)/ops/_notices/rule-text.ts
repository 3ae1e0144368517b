import { type AudienceRule } from "@/db/schema";
import type { Locale } from "@/db/vocabulary/languages";
import { type Alternative, alternativesOf } from "@/domain/incidents/version-range";
import { translator } from "@/messages/translator";

type Rule = Pick<
  AudienceRule,
  "platforms" | "versionRange" | "regions" | "apiOnly" | "undecided" | "declared"
> & {
  named: { count: number };
  excluded: { count: number };
};

/** The rule of an audience, part by part: "Android、iOS · 版本 8.1.0 或 7.9.1 · 中国大陆". */
export function ruleText(rule: Rule, locale: Locale): string {
  const t = translator(locale, "incidents");
  const words = translator(locale, "accounts");
  const { platforms, versionRange, regions, apiOnly, declared, named, excluded } = rule;
  if (rule.undecided) return t("desk.rule.undecided");
  const list = (parts: readonly string[]) => parts.join(t("desk.separator"));
  const ways = [
    ...platforms.map((one) => words(`platform.${one}`)),
    ...(apiOnly ? [t("desk.rule.apiOnly")] : []),
  ];
  const byRule = [
    ways.length > 0 ? list(ways) : t("desk.rule.anyWay"),
    ...(versionRange
      ? [t("desk.rule.versions", { range: versionsText(versionRange, locale) })]
      : []),
    ...(regions.length > 0 ? [list(regions.map((one) => words(`region.${one}`)))] : []),
    ...(declared?.length
      ? [
          t("desk.rule.declared", {
            what: declared
              .map((one) => words(`declarations.result.${one}.yes`))
              .join(t("desk.versions.or")),
          }),
        ]
      : []),
  ];
  return [
    ...(named.count > 0 ? [t("desk.rule.named", { count: named.count })] : byRule),
    ...(excluded.count > 0 ? [t("desk.rule.excluded", { count: excluded.count })] : []),
  ].join(" · ");
}

/** A range as it is understood: "8.1.0 或 7.9.1", "7.9.0（含）至 8.1.0（不含）". */
export function versionsText(range: string, locale: Locale): string {
  const t = translator(locale, "incidents");
  const words = alternativesOf(range).map((one) => {
    if ("exactly" in one) return one.exactly;
    if ("nothing" in one) return t("desk.versions.nothing", { range: one.nothing });
    const { from, to } = one;
    if (from && to)
      return t("desk.versions.between", {
        ...{ from: from.version, fromIncluded: String(from.included) },
        ...{ to: to.version, toIncluded: String(to.included) },
      });
    return boundText(one, t);
  });
  return words.join(t("desk.versions.or"));
}

function boundText(
  { from, to }: Extract<Alternative, { from: unknown }>,
  t: ReturnType<typeof translator<"incidents">>,
): string {
  if (from)
    return t(from.included ? "desk.versions.atLeast" : "desk.versions.above", {
      from: from.version,
    });
  if (to)
    return t(to.included ? "desk.versions.atMost" : "desk.versions.below", { to: to.version });
  return t("desk.versions.any");
}

/** A rule with its lists counted. */
export const countedRule = ({ sdkAppIds, excludedSdkAppIds, ...rule }: AudienceRule): Rule => ({
  ...rule,
  named: { count: sdkAppIds.length },
  excluded: { count: excludedSdkAppIds.length },
});
