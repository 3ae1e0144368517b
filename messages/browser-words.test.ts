import fs from "node:fs";
import { expect, test } from "vitest";

import { inRoot } from "@/lib/paths";

import { messagesForReading } from ".";

/** Rooms that stand in WorkingWords, and a button that is nowhere else. */
const HELD = /^app\/\[locale\]\/\((?:ops|entry|mailbox)\)\/|^components\/form\/passkey-button/;

const clientFiles = ["app", "components"]
  .flatMap((folder) =>
    fs
      .readdirSync(inRoot(folder), { recursive: true, encoding: "utf8" })
      .map((file) => `${folder}/${file}`),
  )
  .filter((file) => file.endsWith(".tsx"))
  .map((file) => ({ file, source: fs.readFileSync(inRoot(file), "utf8") }))
  .filter(({ source }) => source.startsWith('"use client"'));

test("what runs in developers' browsers says only the words that each of their pages holds", () => {
  expect(clientFiles.length).toBeGreaterThan(30);
  const held = Object.keys(messagesForReading("zh-CN"));
  const others = clientFiles
    .filter(({ file }) => !HELD.test(file))
    .flatMap(({ file, source }) =>
      Array.from(source.matchAll(/useTranslations\("([^".]+)/g), ([, noun]) => ({ file, noun })),
    )
    .filter(({ noun }) => !held.includes(noun ?? ""));
  expect(others).toEqual([]);
});
