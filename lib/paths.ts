import path from "node:path";

/** Root of the clone. Every script and server is started there, and a bundled file has no place of its own. */
export const ROOT = process.cwd();

/** The embedded PostgreSQL's folder inside the data folder. */
export const CLUSTER_FOLDER = "postgres";

export function inRoot(...parts: string[]): string {
  return path.join(/* turbopackIgnore: true */ ROOT, ...parts);
}
