import { getTranslations } from "next-intl/server";

import { Banner } from "@/components/ui/banner";

/** What a form sends along unseen: which thing, as its reader saw it. */
export function Hidden({ values }: { values: Record<string, string | number> }) {
  return Object.entries(values).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
}

type StandingProps = { status: string; discarderName: string | null };

/** Above what would leave: whether it waits for a decision at all. */
export async function Standing({ status, discarderName }: StandingProps) {
  const t = await getTranslations("reviews.review");
  if (status !== "draft" && status !== "discarded") return null;
  const isDraft = status === "draft";
  return (
    <div className="mb-6">
      <Banner
        tone="plain"
        title={isDraft ? t("notSubmitted") : t("discarded", { name: discarderName ?? "" })}
      >
        {t(isDraft ? "notSubmittedText" : "discardedText")}
      </Banner>
    </div>
  );
}

type ScrolledProps = { label: string; height: string; lang?: string; children: React.ReactNode };

/** Scrolls by itself, so that a long text does not push the rest away. */
export function Scrolled({ label, height, lang, children }: ScrolledProps) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      lang={lang}
      className={`border-line bg-raised relative overflow-auto rounded-md border p-5 ${height}`}
    >
      {children}
    </div>
  );
}
