type Fact = { term: React.ReactNode; value: React.ReactNode };
type Props = {
  facts: readonly Fact[];
  tight?: boolean;
  /** In an aside: each value below its term, as soon as the aside stands beside the text. */
  isAside?: boolean;
};

export function Facts({ facts, tight, isAside }: Props) {
  return (
    <dl
      className={`grid grid-cols-[max-content_minmax(0,1fr)] max-[18rem]:grid-cols-[minmax(0,1fr)] ${tight ? "text-small gap-x-4 gap-y-0.5 leading-5.5" : "text-ui gap-x-5 gap-y-1.5"} ${isAside ? "xl:grid-cols-[minmax(0,1fr)] xl:gap-y-0 xl:[&_dd]:mb-2.5" : ""}`}
    >
      {facts.map(({ term, value }, index) => (
        <div key={index} className="contents">
          <dt className="text-ink-muted font-normal max-sm:max-w-[7em] max-[18rem]:max-w-none">
            {term}
          </dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
