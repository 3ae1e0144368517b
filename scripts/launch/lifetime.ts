const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export type Lifetime = {
  /** What must be ended; the last begun ends first. */
  atEnd(end: () => Promise<void> | void): void;
};

/**
 * Runs something that lives until it is told to stop or loses a part, and ends what it has begun.
 * @param run resolves when a part is lost for good
 * @returns the exit code: 0 when told to stop, 1 when a part was lost
 */
export async function untilStopped(run: (life: Lifetime) => Promise<void>): Promise<number> {
  const ends: (() => Promise<void> | void)[] = [];
  const told = toldToStop();
  try {
    const why = await Promise.race([
      told,
      run({ atEnd: (end) => void ends.push(end) }).then(() => "lost" as const),
    ]);
    return why === "told" ? 0 : 1;
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

function toldToStop(): Promise<"told"> {
  return new Promise((resolve) => {
    const stop = () => resolve("told");
    for (const signal of SIGNALS) process.on(signal, stop);
    // A closed terminal must not turn the farewell into a crash.
    process.stdout.on("error", stop);
    process.stderr.on("error", stop);

    // npm waits for us; when it is gone, it was killed, and nobody could end us by Ctrl-C any more.
    const parent = process.ppid;
    if (process.env.npm_lifecycle_event) {
      setInterval(() => process.ppid !== parent && stop(), 500).unref();
    }
  });
}
