import { useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";
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
    <div className="max-w-measure">
      <p className="text-ui mb-4">
        <Link href={back ?? "/requests"}>{t("back")}</Link>
      </p>
      {at && (
        <p className="text-ui text-ink-muted tabular-nums">
          {at.of ? t("stepOf", { step: at.step, of: at.of }) : t("step", { step: at.step })}
        </p>
      )}
      <h1 className="text-h2 mb-2">{title}</h1>
      {lead && <div className="text-ink-soft mb-6">{lead}</div>}
      {children}
    </div>
  );
}
