import { randomBytes } from "node:crypto";
import pg from "pg";

/** The address of one database as who another address is of. */
export const onDatabaseOf = (database: string, who: string): string =>
  String(Object.assign(new URL(who), { pathname: new URL(database).pathname }));

/**
 * Makes a database of its own from the template.
 * @param space where its files lie (inSpace); unset, beside the template's
 * @returns its address as the template's owner
 */
export async function createFromTemplate(templateUrl: string, space?: string): Promise<string> {
  const url = new URL(templateUrl);
  url.pathname = `/test_${randomBytes(6).toString("hex")}`;
  await recreate(templateUrl, url.href, space);
  return url.href;
}

/** Lets databases lie in a folder of PostgreSQL's own user, as long as `work` lasts. @returns what it returned */
export async function inSpace<Result>(
  templateUrl: string,
  folder: string,
  work: (space: string) => Promise<Result>,
): Promise<Result> {
  const space = `test_${randomBytes(6).toString("hex")}`;
  const query = (text: string) =>
    asOwner(templateUrl, async (client) => void (await client.query(text)));
  await query(`create tablespace ${space} location '${folder}'`);
  try {
    return await work(space);
  } finally {
    await query(`drop tablespace ${space}`);
  }
}

/** Puts a test database back to the template's state, which triggers against deletion can't hinder. */
export async function recreate(
  templateUrl: string,
  url: string,
  space = "pg_default",
): Promise<void> {
  await asOwner(templateUrl, async (client) => {
    await client.query(`drop database if exists ${nameIn(url)} with (force)`);
    await client.query(
      `create database ${nameIn(url)} template ${nameIn(templateUrl)} tablespace ${space} strategy file_copy`,
    );
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
