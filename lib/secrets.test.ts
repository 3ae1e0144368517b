import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";

import { loadSecrets } from "./secrets";

const folder = () => fs.mkdtempSync(path.join(os.tmpdir(), "secrets-"));

test("secrets are made once and then stay", () => {
  const dir = folder();
  const made = loadSecrets(dir);

  expect(loadSecrets(dir)).toEqual(made);
  expect(fs.statSync(path.join(dir, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(dir)).toEqual(["secrets.json"]);
});

test("a folder made before a secret existed gets it added and keeps the others", () => {
  const dir = folder();
  const { dataKey, ...older } = loadSecrets(dir);
  fs.writeFileSync(path.join(dir, "secrets.json"), JSON.stringify(older));

  const completed = loadSecrets(dir);

  expect(completed).toMatchObject(older);
  expect(completed.dataKey).toHaveLength(43);
  expect(completed.dataKey).not.toBe(dataKey);
  expect(loadSecrets(dir)).toEqual(completed);
});

test("a damaged file is refused in a sentence", () => {
  const dir = folder();
  fs.writeFileSync(path.join(dir, "secrets.json"), "{");

  expect(() => loadSecrets(dir)).toThrow(/cannot be read \(not valid\)/);
});
