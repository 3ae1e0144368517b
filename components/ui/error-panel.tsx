import { useTranslations } from "next-intl";

type Props = {
  title: React.ReactNode;
  children?: React.ReactNode;
  /** What to quote when asking for help. */
  requestId?: string | undefined;
  actions?: React.ReactNode;
};

/** What happened, what was kept, what to do, and the number to quote. */
export function ErrorPanel({ title, children, requestId, actions }: Props) {
  const t = useTranslations("ui");
  return (
    <section role="alert" className="max-w-measure py-8">
      <h1 className="text-h3">{title}</h1>
      {children && <div className="text-ink-soft mt-2">{children}</div>}
      {actions && <div className="mt-6 flex flex-wrap gap-2">{actions}</div>}
      {requestId && (
        <p className="text-small text-ink-muted mt-6">
          {t("requestId")} <code className="font-mono">{requestId}</code>
        </p>
      )}
    </section>
  );
}
