import { spawn } from "node:child_process";
import fs from "node:fs";
import { parseArgs } from "node:util";
import { DrizzleQueryError } from "drizzle-orm";
import pg from "pg";
import { expect, test } from "vitest";
import { z } from "zod";

import { childEnvironment, ENV_VARIABLES, env } from "@/lib/env";
import { inRoot } from "@/lib/paths";

import { wordsFor } from "./say";

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(fs.readFileSync(inRoot("package.json"), "utf8")));

/** The file that a command of package.json runs; others' programs are theirs. */
const files = Object.values(scripts).flatMap((words) => {
  const [, direct] = /^tsx scripts\/([\w-]+)\.ts$/.exec(words) ?? [];
  const [, name] = /^node scripts\/run\.mjs ([\w-]+)/.exec(words) ?? [];
  const file = direct ?? name ?? [];
  return file === "lint" || file === "typecheck" ? "check" : file;
});

test("every command says what keeps it from going on by the one function that does", () => {
  expect(files).toEqual(expect.arrayContaining(["setup", "record", "rotate", "migrate", "bench"]));
  const without = [...new Set(files)].filter(
    (file) => !fs.readFileSync(inRoot("scripts", `${file}.ts`), "utf8").includes("runCommand("),
  );
  expect(without).toEqual([]);
});

test.concurrent.each([["setup"], ["record", "verify"], ["rotate"]])(
  "without settings `npm run %s` names what is missing, and no line of code",
  async (name, ...words) => {
    const unset = Object.fromEntries(ENV_VARIABLES.map((variable) => [variable.name, undefined]));
    const child = spawn(
      process.execPath,
      ["--import", "tsx", inRoot("scripts", `${name}.ts`), ...words],
      { env: childEnvironment({ ...unset, RECORD_KEY_FILE: undefined, NODE_OPTIONS: undefined }) },
    );
    let said = "";
    child.stderr.on("data", (chunk) => (said += String(chunk)));
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(code).toBe(1);
    expect(said).toContain("The environment does not allow a start");
    expect(said).toContain("APP_ORIGIN is not set");
    expect(said).not.toMatch(/^\s+at /m);
  },
);

test.each([
  [
    "a database that is away",
    Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" }),
    /cannot be reached \(ECONNREFUSED\)/,
  ],
  [
    "a database of another version, behind drizzle's own error",
    new DrizzleQueryError("select 1", [], failed("42P01")),
    /Run npm run db:migrate/,
  ],
  ["a word it does not know", thrown(() => parseArgs({ args: ["--x"], options: {} })), /'--x'/],
  ["a file that is not there", thrown(() => fs.readFileSync("/no/file")), /ENOENT.*'\/no\/file'/],
])("%s is said in a sentence", (_, error, words) => {
  const said = wordsFor(error);
  expect(said).toMatch(words);
  expect(said).not.toMatch(/^\s+at /m);
  expect(said).not.toContain(new URL(env().DATABASE_URL).password);
});

test("a bug is said with its stack", () => {
  expect(wordsFor(new TypeError("x is undefined"))).toMatch(/x is undefined\n\s+at /);
});

function failed(code: string): Error {
  return Object.assign(new pg.DatabaseError("it is not there", 1, "error"), { code });
}

function thrown(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
}
