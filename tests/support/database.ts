import { type TestProject } from "vitest/node";

import { migrate } from "@/scripts/launch/migrations";

import { endThrowAway, startThrowAway } from "./throw-away";

declare module "vitest" {
  interface ProvidedContext {
    /** The migrated database that each test file's own is copied from. */
    templateUrl: string;
  }
}

/** One throw-away PostgreSQL for the whole run, with one migrated template. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const database = await startThrowAway();
  await migrate(database.url);
  project.provide("templateUrl", database.url);
  return () => endThrowAway(database);
}
