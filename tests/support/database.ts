import { type TestProject } from "vitest/node";

import { migrate } from "@/scripts/launch/migrations";

import { endThrowAway, startThrowAway } from "./throw-away";

declare module "vitest" {
  interface ProvidedContext {
    /** The migrated database that each test file's own is copied from, as its owner. */
    templateUrl: string;
    /** The same as the portal's programs, who own nothing: what tests run as. */
    applicationUrl: string;
  }
}

/** One throw-away PostgreSQL for the whole run, with one migrated template. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const database = await startThrowAway();
  await migrate(database.ownerUrl, database.url);
  project.provide("templateUrl", database.ownerUrl);
  project.provide("applicationUrl", database.url);
  return () => endThrowAway(database);
}
