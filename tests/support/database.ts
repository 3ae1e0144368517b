import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import pg from "pg";
import { type TestProject } from "vitest/node";

import { findDatabaseHome } from "@/lib/database-home";
import { type RunningDatabase, startDatabase } from "@/lib/embedded-database";
import { log } from "@/lib/log";
import { migrate } from "@/scripts/launch/migrations";

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

/** A cluster in a temporary folder that trades safety for speed. */
export async function startThrowAway(): Promise<RunningDatabase> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gaozhi-test-"));
  fs.chmodSync(folder, 0o755);
  return startDatabase({
    ...findDatabaseHome(folder, folder),
    log,
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off" },
  });
}

/** Stops the cluster and removes its folder. */
export async function endThrowAway(database: RunningDatabase): Promise<void> {
  await database.stop();
  fs.rmSync(database.dataDir, { recursive: true, force: true });
}

/** Makes a database of its own from the template. @returns its address */
export async function createFromTemplate(templateUrl: string): Promise<string> {
  const url = new URL(templateUrl);
  url.pathname = `/test_${randomBytes(6).toString("hex")}`;
  await recreate(templateUrl, url.href);
  return url.href;
}

/** Puts a test database back to the template's state, which triggers against deletion can't hinder. */
export async function recreate(templateUrl: string, url: string): Promise<void> {
  await asOwner(templateUrl, async (client) => {
    await client.query(`drop database if exists ${nameIn(url)} with (force)`);
    await client.query(`create database ${nameIn(url)} template ${nameIn(templateUrl)}`);
  });
}

/** Removes a test database. */
export async function drop(templateUrl: string, url: string): Promise<void> {
  await asOwner(templateUrl, async (client) => {
    await client.query(`drop database if exists ${nameIn(url)} with (force)`);
  });
}

async function asOwner(url: string, act: (client: pg.Client) => Promise<void>): Promise<void> {
  const admin = new URL(url);
  admin.pathname = "/postgres";
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  try {
    await act(client);
  } finally {
    await client.end();
  }
}

function nameIn(url: string): string {
  return new URL(url).pathname.slice(1);
}
