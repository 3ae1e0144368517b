import { endWithParent } from "../end-with-parent";
import { readOptions } from "./options";
import { startConsoleStandIn } from "./start";

/** The stand-in as a program of its own; it ends with SIGTERM, SIGINT or its parent. */
async function main(): Promise<void> {
  const standIn = await startConsoleStandIn(readOptions());
  endWithParent(() => standIn.close());
  process.stdout.write(`console stand-in, CONSOLE_ORIGINS=${standIn.url}\nready\n`);
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The console stand-in could not start: ${message}\n`);
  process.exit(1);
});
