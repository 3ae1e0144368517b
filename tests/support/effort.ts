/**
 * Milliseconds of the processor's time that a step of this process takes: a busy machine, which
 * lets it wait, makes it no slower.
 */
export async function effort(run: () => unknown): Promise<number> {
  const started = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}
