type Props = { title: React.ReactNode; children?: React.ReactNode; actions?: React.ReactNode };

/** What is not there, and why; inside a Section, which has a heading already, without one of its own. */
export function EmptyState({ title, children, actions }: Props) {
  return (
    <div className="text-ink-muted py-8 in-data-section:py-2">
      <p className="text-body text-ink in-data-section:text-ui font-semibold in-data-section:font-normal">
        {title}
      </p>
      {children && <p className="max-w-measure">{children}</p>}
      {actions && <div className="mt-4 flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
