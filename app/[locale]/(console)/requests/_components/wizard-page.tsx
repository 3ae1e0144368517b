import { useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";

type Props = { title: string; lead?: React.ReactNode; back?: string; children: React.ReactNode };

/** One thing per page: a way back, the question, the answer. */
export function WizardPage({ title, lead, back, children }: Props) {
  const t = useTranslations("filing");
  return (
    <div className="max-w-measure">
      <p className="text-ui mb-4">
        <Link href={back ?? "/requests"}>{t("back")}</Link>
      </p>
      <h1 className="text-h2 mb-2">{title}</h1>
      {lead && <div className="text-ink-soft mb-6">{lead}</div>}
      {children}
    </div>
  );
}
