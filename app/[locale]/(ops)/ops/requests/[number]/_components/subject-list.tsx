/** Identifiers, uncovered. */
export function SubjectList({ subjects }: { subjects: readonly string[] }) {
  return (
    <pre
      className="bg-sunken text-small max-h-80 overflow-auto rounded-md px-3 py-2 wrap-anywhere whitespace-pre-wrap"
      tabIndex={0}
    >
      {subjects.join("\n")}
    </pre>
  );
}
