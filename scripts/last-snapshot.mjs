import { readdirSync, rmSync } from "node:fs";

// After drizzle-kit generate: of the shapes it kept, it compares only the last with the next.
const folder = new URL("../db/migrations/meta/", import.meta.url);
const snapshots = readdirSync(folder).filter((file) => file.endsWith("_snapshot.json"));
for (const old of snapshots.sort().slice(0, -1)) rmSync(new URL(old, folder));
