import { useTranslations } from "next-intl";

import { PageHead } from "@/components/ui/page-head";
import { type Address } from "@/lib/addresses";

type Props = {
  title: string;
  lead?: React.ReactNode;
  back?: Address;
  /** Which page, and of how many once that is known. */
  at?: { step: number; of?: number | undefined };
  children: React.ReactNode;
};

/** One thing per page: a way back, the question, the answer. */
export function WizardPage({ title, lead, back, at, children }: Props) {
  const t = useTranslations("requests.filing");
  return (
    <div className="max-w-measure" data-without-banner>
      <PageHead
        crumbs={[{ label: t("back"), href: back ?? "/requests" }]}
        title={title}
        note={
          at && (at.of ? t("stepOf", { step: at.step, of: at.of }) : t("step", { step: at.step }))
        }
      />
      {lead && <div className="text-ink-soft mb-6">{lead}</div>}
      {children}
    </div>
  );
}
