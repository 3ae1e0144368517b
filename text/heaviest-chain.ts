/**
 * Of things in the order of one sequence, each with its place in another, the chain of greatest weight in
 * which the places rise as well: what kept its order. Takes n log n steps.
 */
export function heaviestChain<Pair extends { place: number; weight: number }>(
  pairs: readonly Pair[],
): Pair[] {
  const chains = new Chains<Pair>();
  let heaviest: Link<Pair> | null = null;
  for (const pair of pairs) {
    const previous = chains.heaviestBelow(pair.place);
    const link = { pair, previous, weight: (previous?.weight ?? 0) + pair.weight };
    chains.add(link);
    if (!heaviest || link.weight > heaviest.weight) heaviest = link;
  }
  const chain: Pair[] = [];
  for (let link = heaviest; link; link = link.previous) chain.push(link.pair);
  return chain.reverse();
}

type Link<Pair> = { pair: Pair; previous: Link<Pair> | null; weight: number };

/** The heaviest chains by where they end, in a tree of sums (Fenwick) that keeps the greatest. */
class Chains<Pair extends { place: number }> {
  readonly #tree = new Map<number, Link<Pair>>();
  #size = 1;

  add(link: Link<Pair>): void {
    this.#growTo(link.pair.place + 1);
    for (let at = link.pair.place + 1; at <= this.#size; at += at & -at) {
      const known = this.#tree.get(at);
      if (!known || link.weight > known.weight) this.#tree.set(at, link);
    }
  }

  heaviestBelow(end: number): Link<Pair> | null {
    this.#growTo(end);
    let best: Link<Pair> | null = null;
    for (let at = end; at > 0; at -= at & -at) {
      const link = this.#tree.get(at);
      if (link && (!best || link.weight > best.weight)) best = link;
    }
    return best;
  }

  /** The root of a larger tree knows what the root of the smaller one knew. */
  #growTo(size: number): void {
    while (this.#size < size) {
      const root = this.#tree.get(this.#size);
      this.#size *= 2;
      if (root) this.#tree.set(this.#size, root);
    }
  }
}
