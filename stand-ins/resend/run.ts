import { endWithParent } from "../end-with-parent";
import { readOptions } from "./options";
import { startResendStandIn } from "./start";

/** The stand-in as a program of its own; it ends with SIGTERM, SIGINT or its parent. */
async function main(): Promise<void> {
  const standIn = await startResendStandIn(readOptions());
  endWithParent(() => standIn.close());
  process.stdout.write(`Resend stand-in at ${standIn.url}\nready\n`);
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The Resend stand-in could not start: ${message}\n`);
  process.exit(1);
});
