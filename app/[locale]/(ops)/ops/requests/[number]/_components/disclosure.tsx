type Props = { title: string; isOpen?: boolean; children: React.ReactNode };

/** A form that is not always needed, behind its name. */
export function Disclosure({ title, isOpen = false, children }: Props) {
  return (
    <details className="max-w-form" open={isOpen}>
      <summary className="text-link text-ui cursor-pointer py-1 max-md:py-2">{title}</summary>
      <div className="border-line mt-2 border-l-2 pb-2 pl-4">{children}</div>
    </details>
  );
}
