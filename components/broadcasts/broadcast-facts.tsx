import { Facts } from "@/components/ui/facts";
import { machineDateTime } from "@/lib/format";

export type TextFact = { term: string; value: string; at?: string };

type Props = {
  facts: readonly TextFact[];
  /** One more whose value is not plain text. */
  last?: { term: string; value: React.ReactNode };
};

/** The facts of a notice; a moment is marked up as one. */
export function BroadcastFacts({ facts, last }: Props) {
  const rows = facts.map(({ term, value, at }) => ({
    term,
    value: at ? <time dateTime={machineDateTime(at)}>{value}</time> : <Prose text={value} />,
  }));
  return <Facts facts={last ? [...rows, last] : rows} />;
}

/** Text that a person wrote, with its line ends. */
export function Prose({ text }: { text: string }) {
  return <span className="whitespace-pre-line">{text}</span>;
}
