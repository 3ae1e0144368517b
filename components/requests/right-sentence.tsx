import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import type { StandardParagraph } from "@/db/vocabulary/requests";

/** The sentence a right stands under, before it is filed and when it has been: what a withdrawal means (P31). */
export function RightSentence({ sentence }: { sentence: StandardParagraph | undefined }) {
  const t = useTranslations("requests.answer");
  if (!sentence) return null;
  return (
    <div className="max-w-measure mb-4">
      <Banner tone="info">{t(sentence)}</Banner>
    </div>
  );
}
