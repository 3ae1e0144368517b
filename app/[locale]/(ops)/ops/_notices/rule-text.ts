import { type AudienceRule } from "@/db/schema";
import { type ChosenContact, USUAL_CONTACTS } from "@/db/vocabulary/accounts";
import type { Locale } from "@/db/vocabulary/languages";
import { type Alternative, alternativesOf } from "@/domain/incidents/version-range";
import { localized } from "@/lib/localized";
import { translator } from "@/messages/translator";

type Rule = Pick<
  AudienceRule,
  | "platforms"
  | "versionRange"
  | "regions"
  | "apiOnly"
  | "undecided"
  | "declared"
  | "tags"
  | "toldBy"
  | "contacts"
> & {
  named: { count: number };
  excluded: { count: number };
};

/** The rule of an audience, part by part: "Android、iOS · 版本 8.1.0 或 7.9.1 · 中国大陆". */
export function ruleText(rule: Rule, locale: Locale): string {
  const t = translator(locale, "incidents");
  const { contacts, named, excluded } = rule;
  if (rule.undecided) return t("desk.rule.undecided");
  return [
    ...(named.count > 0
      ? [t("desk.rule.named", { count: named.count })]
      : partsByRule(rule, locale)),
    ...(excluded.count > 0 ? [t("desk.rule.excluded", { count: excluded.count })] : []),
    ...(contacts ? [t("desk.rule.contacts", { chosen: chosenOf(contacts) })] : []),
  ].join(" · ");
}

function partsByRule(rule: Rule, locale: Locale): string[] {
  const t = translator(locale, "incidents");
  const words = translator(locale, "accounts");
  const { platforms, versionRange, regions, apiOnly, declared = [], tags, toldBy } = rule;
  const list = (parts: readonly string[]) => parts.join(t("desk.separator"));
  const either = (parts: readonly string[]) => parts.join(t("desk.versions.or"));
  const ways = [
    ...platforms.map((one) => words(`platform.${one}`)),
    ...(apiOnly ? [t("desk.rule.apiOnly")] : []),
  ];
  const what = either(declared.map((one) => words(`declarations.result.${one}.yes`)));
  return [
    ways.length > 0 ? list(ways) : t("desk.rule.anyWay"),
    versionRange && t("desk.rule.versions", { range: versionsText(versionRange, locale) }),
    list(regions.map((one) => words(`region.${one}`))),
    what && t("desk.rule.declared", { what }),
    tags ? t("desk.rule.tags", { tags: either(tags) }) : "",
    toldBy ? toldText(toldBy, locale) : "",
  ].filter(Boolean);
}

/** Members of an account are shown what was chosen without what it is called. */
function toldText({ name }: NonNullable<AudienceRule["toldBy"]>, locale: Locale): string {
  const t = translator(locale, "incidents");
  const what = localized(name, locale).text;
  return what ? t("desk.rule.toldBy", { what }) : t("desk.rule.toldBySome");
}

/** Which contacts beside those of security, in a word for messages to choose by. */
export function chosenOf(contacts: AudienceRule["contacts"]): ChosenContact | "both" | "none" {
  const [one, other] = contacts ?? USUAL_CONTACTS;
  return other ? "both" : (one ?? "none");
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
