import { useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";

type Props = {
  title: string;
  lead?: React.ReactNode;
  back?: string;
  /** Which page of how many; how many there are depends on the answers. */
  at?: { step: number; of: number };
  children: React.ReactNode;
};

/** One thing per page: a way back, the question, the answer. */
export function WizardPage({ title, lead, back, at, children }: Props) {
  const t = useTranslations("filing");
  return (
    <div className="max-w-measure">
      <p className="text-ui mb-4">
        <Link href={back ?? "/requests"}>{t("back")}</Link>
      </p>
      {at && <p className="text-ui text-ink-muted tabular-nums">{t("stepOf", at)}</p>}
      <h1 className="text-h2 mb-2">{title}</h1>
      {lead && <div className="text-ink-soft mb-6">{lead}</div>}
      {children}
    </div>
  );
}
