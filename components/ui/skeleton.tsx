import { useTranslations } from "next-intl";

const WIDTHS = ["w-full", "w-11/12", "w-4/5", "w-2/3"] as const;

/** Lines where text will stand. It appears after 300 ms, so that a quick answer does not flash. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  const t = useTranslations("ui");
  return (
    <div role="status" className="animate-[skeleton-in_1ms_300ms_both]">
      <span className="sr-only">{t("loading")}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span
          key={index}
          className={`bg-track my-3 block h-3 rounded-sm motion-safe:animate-pulse ${WIDTHS[index % WIDTHS.length] ?? "w-full"}`}
        />
      ))}
    </div>
  );
}
