type Props = { title: React.ReactNode; children?: React.ReactNode; actions?: React.ReactNode };

export function EmptyState({ title, children, actions }: Props) {
  return (
    <div className="text-ink-muted py-8">
      <p className="text-body text-ink font-semibold">{title}</p>
      {children && <p className="max-w-measure">{children}</p>}
      {actions && <div className="mt-4 flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
