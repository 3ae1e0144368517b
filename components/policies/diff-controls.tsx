import { useTranslations } from "next-intl";

import { linkClass } from "@/components/ui/link";
import { type Address } from "@/lib/addresses";
import { COUNTED, type DiffCounts } from "@/text/diff";

import { SegmentedLinks } from "../ui/segmented-control";
import { addressOf, type DiffLayout } from "./diff-options";
import { changeId } from "./diff-view";

type Props = {
  /** Address of the comparison without `layout` and `view`, e.g. "/policies/x/3.2/changes?since=3.1". */
  href: Address;
  layout: DiffLayout;
  onlyChanges: boolean;
  counts: DiffCounts;
};

/** How much changed, and how to look at it. Every choice is an address that can be handed on. */
export function DiffControls({ href, layout, onlyChanges, counts }: Props) {
  const t = useTranslations("policies.diff");
  const counted = COUNTED.filter((kind) => counts[kind] > 0);
  const to = (next: { layout?: DiffLayout; onlyChanges?: boolean }) =>
    addressOf(href, { layout, onlyChanges, ...next });

  return (
    <div className="border-line text-ui flex flex-wrap items-center gap-x-6 gap-y-3 border-y py-3">
      <p className="text-ink-muted">
        {counted.map((kind) => t(`counts.${kind}`, { count: counts[kind] })).join(t("separator"))}
      </p>
      {counted.length > 0 && (
        <a href={`#${changeId(1)}`} className={`${linkClass()} print:hidden`}>
          {t("first")}
        </a>
      )}
      <div className="flex flex-wrap gap-3 md:ml-auto">
        <SegmentedLinks
          label={t("scope")}
          items={[
            { href: to({ onlyChanges: true }), label: t("onlyChanges"), current: onlyChanges },
            { href: to({ onlyChanges: false }), label: t("wholeText"), current: !onlyChanges },
          ]}
        />
        <div className="max-lg:hidden">
          <SegmentedLinks
            label={t("layout")}
            items={[
              { href: to({ layout: "inline" }), label: t("inline"), current: layout === "inline" },
              { href: to({ layout: "split" }), label: t("split"), current: layout === "split" },
            ]}
          />
        </div>
      </div>
    </div>
  );
}
