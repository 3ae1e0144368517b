import { ReadingHead } from "@/components/layout/reading-page";

type Props = { title: string; text: string; more?: string; children: React.ReactNode };

/** What became of a link, and where to go from here. */
export function Outcome({ title, text, more, children }: Props) {
  return (
    <>
      <ReadingHead title={title} lead={text} />
      {more && <p className="text-ink-soft -mt-4 mb-8">{more}</p>}
      {children}
    </>
  );
}
