import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { inRoot } from "@/lib/paths";

/** Whether this machine has what `public/verify.py` runs on; with neither library nor openssl it checks no signature. */
export const canVerifyInPython = ["python3", "openssl"].every(
  (program) => spawnSync(program, ["-h"]).error === undefined,
);

/** What `public/verify.py` says of each file's bytes, in turn: "ok", or the part that does not hold. */
export function verifyInPython(
  files: readonly Uint8Array[],
  keys: readonly string[] | null = null,
): string[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-python-"));
  const names = files.map((bytes, index) => {
    fs.writeFileSync(path.join(folder, `${index}.json`), bytes);
    return `${index}.json`;
  });
  const known = keys && JSON.stringify({ keys: keys.map((publicKey) => ({ publicKey })) });
  if (known) fs.writeFileSync(path.join(folder, "keys"), known);
  const script = [inRoot("public", "verify.py"), ...(known ? ["--keys", "keys"] : []), ...names];
  const said = spawnSync("python3", script, { cwd: folder, encoding: "utf8" });
  fs.rmSync(folder, { recursive: true });
  if (said.stderr) throw new Error(said.stderr);
  return said.stdout
    .trim()
    .split("\n")
    .map((line) => line.replace(/ \d+\.json$/, ""));
}
