/**
 * Keeps what was made last, so that it is made once for many who ask at the same time or again.
 * @param most how much may be kept, in the unit of `sizeOf`
 */
export function keepRecent<Result>(most: number) {
  const kept = new Map<string, { result: Promise<Result>; size: number }>();
  let held = 0;

  const forget = (key: string) => {
    held -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };

  return (key: string, size: number, make: () => Promise<Result>): Promise<Result> => {
    const known = kept.get(key);
    if (known) {
      // The last in the map is the last to go.
      kept.delete(key);
      kept.set(key, known);
      return known.result;
    }
    const result = make();
    kept.set(key, { result, size });
    held += size;
    // A failure is not kept: the next who asks may have more luck.
    result.catch(() => kept.get(key)?.result === result && forget(key));
    for (const oldest of kept.keys()) {
      if (held <= most) break;
      forget(oldest);
    }
    return result;
  };
}
