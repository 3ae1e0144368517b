import { spawnSync } from "node:child_process";
import fs from "node:fs";

import { inRoot } from "@/lib/paths";

import { ensureBrowser } from "./launch/browser";
import { ensureBuilt } from "./launch/build";
import { program } from "./launch/check-stages";
import { runCommand, say } from "./launch/say";

/** What needs no portal: it is shown as a document of its own. */
const ALONE = ["mails.pictures.ts"];

/**
 * npm run pictures [name…] [-- --update]: pages and mails as they look, against the references in
 * tests/pictures/references; with --update these are written anew.
 */
await runCommand(async () => {
  const [names, options] = [[], []] as [string[], string[]];
  for (const word of process.argv.slice(2)) (word.startsWith("-") ? options : names).push(word);
  const isWanted = (file: string) =>
    names.length === 0 || names.some((name) => file.includes(name));
  const files = fs
    .readdirSync(inRoot("tests", "pictures"))
    .filter((file) => file.endsWith(".pictures.ts") && isWanted(file));
  const isOfPortal = files.some((file) => !ALONE.includes(file));
  if (isOfPortal) await ensureBuilt("inherit");
  ensureBrowser(say);
  const { status } = spawnSync(
    process.execPath,
    [
      program("@playwright", "test", "cli.js"),
      ...["test", "--config", "tests/pictures/playwright.config.ts"],
      ...files.map((file) => `/${file}`),
      ...options.map((option) => (option === "--update" ? "--update-snapshots=all" : option)),
    ],
    {
      stdio: "inherit",
      env: {
        ...process.env,
        NODE_ENV: "test",
        ...(isOfPortal && { PICTURES_OF_PORTAL: "yes" }),
      },
    },
  );
  return status ?? 1;
});
