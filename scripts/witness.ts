import { readNoteLine } from "@/lib/signed-note";
import { StartError } from "@/lib/start-error";

import { runCommand, say } from "./launch/say";
import { makeWitness } from "./launch/witness-server";

/**
 * A witness of somebody's record, run by somebody else (docs/operations.md): it prints its key, and
 * signs each state of the record that goes on from the one before.
 *
 *   npm run witness -- NAME FOLDER PORT KEY…
 *
 * KEY is the "line" of a key in /.well-known/gaozhi/keys.
 */
const [name = "", folder = "", port = "", ...lines] = process.argv.slice(2);

await runCommand(async () => {
  const logs = lines.map((line) => {
    const key = readNoteLine(line);
    if (key) return key;
    throw new StartError(`不是公钥一行：${line}`, `is not the line of a key: ${line}`);
  });
  const isGiven = /^[^\s+]+$/.test(name) && folder !== "" && /^\d{1,5}$/.test(port);
  if (!isGiven || logs.length === 0) {
    say("npm run witness -- NAME FOLDER PORT KEY…");
    return 1;
  }
  const { server, line } = makeWitness({ name, folder, logs });
  const ended = new Promise<void>((end) => server.once("close", end));
  server.listen(Number(port), () => say(`RECORD_WITNESS_KEY=${line}`));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => server.close());
  await ended;
  return 0;
});
