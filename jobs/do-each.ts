import { log } from "@/lib/log";
import { metrics } from "@/lib/metrics";

/**
 * Does something for one after the other. One that fails keeps no other waiting: it is logged and counted, and
 * whoever comes next tries it again.
 * @param what names it, in the log and in the measure
 */
export async function doEach<Which extends string>(
  what: string,
  all: readonly Which[],
  act: (which: Which) => Promise<unknown>,
): Promise<void> {
  for (const which of all)
    try {
      await act(which);
    } catch (error) {
      metrics.leftUndone.inc({ what });
      log.error({ what, which, error }, "left undone");
    }
}
