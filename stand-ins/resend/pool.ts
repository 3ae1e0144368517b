/**
 * Works through chains of jobs, at most `limit` chains at once and each job after the one before it
 * in its chain; `stop` drops what has not begun.
 */
export function createPool<Job>(limit: number, work: (job: Job) => Promise<void>) {
  let waiting: Job[][] = [];
  let underWay = 0;
  let isStopped = false;

  function pump(): void {
    while (!isStopped && underWay < limit) {
      const chain = waiting.shift();
      if (!chain) return;
      underWay += 1;
      void workThrough(chain).finally(() => {
        underWay -= 1;
        pump();
      });
    }
  }

  async function workThrough(chain: Job[]): Promise<void> {
    for (const job of chain) {
      if (!isStopped) await work(job);
    }
  }

  return {
    add(chains: Job[][]): void {
      for (const chain of chains) waiting.push(chain);
      pump();
    },
    count: () => waiting.length + underWay,
    stop(): void {
      isStopped = true;
      waiting = [];
    },
  };
}
