import { endWithParent } from "../end-with-parent";
import { readOptions } from "./options";
import { startOidcStandIn } from "./start";

/** The stand-in as a program of its own; it ends with SIGTERM, SIGINT or its parent. */
async function main(): Promise<void> {
  const standIn = await startOidcStandIn(readOptions());
  endWithParent(() => standIn.close());
  process.stdout.write(`OpenID Connect stand-in, OIDC_ISSUER=${standIn.url}\nready\n`);
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The OpenID Connect stand-in could not start: ${message}\n`);
  process.exit(1);
});
