/** A form that is not always needed, behind its name. */
export function Folded({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <details className="max-w-160">
      <summary className="text-link text-ui cursor-pointer py-1 max-md:py-2">{title}</summary>
      <div className="border-line mt-2 border-l-2 pb-2 pl-4">{children}</div>
    </details>
  );
}
