import { useTranslations } from "next-intl";

/** The first thing the keyboard reaches: over the navigation, to the text. */
export function SkipLink({ target }: { target: string }) {
  const t = useTranslations("ui");
  return (
    <a
      href={`#${target}`}
      className="bg-raised text-link shadow-pop absolute -top-16 left-4 z-60 rounded-md px-4 py-2 focus:top-2"
    >
      {t("skip")}
    </a>
  );
}
