import { useTranslations } from "next-intl";

import { PageHead } from "@/components/ui/page-head";
import { StepBar } from "@/components/ui/step-bar";
import { type Address } from "@/lib/addresses";

type Props = {
  title: string;
  lead?: React.ReactNode;
  back?: Address;
  /** Which page, and of how many once that is known. */
  at?: { step: number; of?: number | undefined };
  children: React.ReactNode;
};

/** One thing per page: a way back, the question, how far it is, the answer. */
export function WizardPage({ title, lead, back, at: page, children }: Props) {
  const t = useTranslations("requests.filing");
  return (
    <div className="max-w-measure" data-without-banner>
      <PageHead
        crumbs={[
          back ? { label: t("back"), href: back } : { label: t("title"), href: "/requests" },
        ]}
        title={title}
        note={page && <Standing {...page} />}
      />
      {lead && <div className="text-ink-soft mb-6">{lead}</div>}
      {children}
    </div>
  );
}

/** Which step of how many, drawn and in words; how many is left open until it is known. */
function Standing({ step, of }: NonNullable<Props["at"]>) {
  const t = useTranslations("requests.filing");
  const words = of ? t("stepOf", { step, of }) : t("step", { step });
  return (
    <div className="w-100 max-w-full">
      <p aria-hidden="true" className="mb-1 tabular-nums">
        {words}
      </p>
      <StepBar label={words} step={step} of={of} />
    </div>
  );
}
