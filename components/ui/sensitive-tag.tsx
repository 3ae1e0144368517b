import { useTranslations } from "next-intl";

/** Marks sensitive personal information with a word, beside its bold name. */
export function SensitiveTag() {
  const t = useTranslations("ui");
  return (
    <span className="border-line-control text-caption text-ink-soft ml-1 rounded-[3px] border px-1 align-[1px] font-normal whitespace-nowrap">
      {t("sensitive")}
    </span>
  );
}
