/**
 * What can go wrong with webhooks on their way: doubled, reversed, kept back. `pass` gets chains:
 * the jobs of one chain follow each other, different chains may overtake.
 */
export function createDisorder<Job>(pass: (chains: Job[][]) => void) {
  let held: Job[] | null = null;
  let reordering: { size: number; jobs: Job[] } | null = null;
  let doubled = 0;

  function passReversed(): void {
    const jobs = reordering?.jobs.toReversed() ?? [];
    reordering = null;
    if (jobs.length > 0) pass([jobs.flatMap(copies)]);
  }

  function passOn(jobs: Job[]): void {
    pass(jobs.flatMap(copies).map((job) => [job]));
  }

  function copies(job: Job): Job[] {
    if (doubled === 0) return [job];
    doubled -= 1;
    return [job, job];
  }

  return {
    arrive(job: Job): void {
      if (held) {
        held.push(job);
        return;
      }
      if (!reordering) {
        passOn([job]);
        return;
      }
      reordering.jobs.push(job);
      if (reordering.jobs.length >= reordering.size) passReversed();
    },
    /** Keeps everything back until `release`. */
    hold(): void {
      held ??= [];
    },
    /** Passes on what was kept back by `hold` and by an unfinished `reorder`. */
    release(): void {
      const jobs = held ?? [];
      held = null;
      passReversed();
      passOn(jobs);
    },
    /** Passes the next `count` on twice. */
    double(count: number): void {
      doubled = count;
    },
    /** Keeps the next `count` and passes them on in reverse order. */
    reorder(count: number): void {
      reordering = { size: count, jobs: reordering?.jobs ?? [] };
    },
    kept: () => (held?.length ?? 0) + (reordering?.jobs.length ?? 0),
  };
}
