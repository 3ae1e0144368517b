/**
 * Does work that comes one by one in batches: what arrives while a batch is under way goes together
 * into the next. A batch that fails is done again one by one, so that one bad item fails alone.
 * @param most how many items a batch holds
 */
export function coalesce<Item>(work: (items: Item[]) => Promise<void>, most: number) {
  type Waiting = { item: Item; resolve: () => void; reject: (reason: unknown) => void };
  let waiting: Waiting[] = [];
  let isBusy = false;

  async function drain(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await settle(batch);
    }
    isBusy = false;
  }

  async function settle(batch: Waiting[]): Promise<void> {
    try {
      await work(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      const [only] = batch;
      if (only && batch.length === 1) only.reject(error);
      else for (const one of batch) await settle([one]);
    }
  }

  return (item: Item): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      void drain();
    });
}
