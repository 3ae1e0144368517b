import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";

import { StartError } from "@/lib/start-error";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "microsoft-edge",
];
const PLACES = [
  "/usr/bin",
  "/usr/local/bin",
  "/snap/bin",
  ...(process.env.PATH ?? "").split(path.delimiter),
];
const MAC = ["Google Chrome", "Chromium", "Microsoft Edge"].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

/** Path of a Chromium that runs: the system's, else Playwright's own; undefined when there is none. */
export function findBrowser(): string | undefined {
  const system = NAMES.flatMap((name) => PLACES.map((place) => path.join(place, name)));
  return [...system, ...MAC, chromium.executablePath()].find(
    (file) => fs.existsSync(file) && isWorking(file),
  );
}

/** Finds a browser, or installs one where that is allowed. @throws StartError saying what to install */
export function ensureBrowser(say: (line: string) => void): string {
  const found = findBrowser();
  if (found) return found;

  for (const [program, ...words] of installers()) {
    say(`no browser yet: ${path.basename(program)} ${words.join(" ")}`);
    spawnSync(program, words, { stdio: "inherit", timeout: 300_000 });
    const installed = findBrowser();
    if (installed) return installed;
  }
  throw new StartError(
    "端到端测试需要 Chromium,但既找不到也无法自动安装。请安装:Debian/Ubuntu 执行 sudo apt-get install chromium;其他系统执行 npx playwright install --with-deps chromium,或安装 Google Chrome。",
    "The end-to-end tests need Chromium, which was neither found nor could be installed. Install it: on Debian or Ubuntu sudo apt-get install chromium; elsewhere npx playwright install --with-deps chromium, or Google Chrome.",
  );
}

/** A placeholder that only tells to install a package exists too, and fails here. */
function isWorking(file: string): boolean {
  return spawnSync(file, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0;
}

function installers(): [string, ...string[]][] {
  const cli = path.join("node_modules", "@playwright", "test", "cli.js");
  const isDebianRoot = process.getuid?.() === 0 && fs.existsSync("/usr/bin/apt-get");
  return [
    ...(isDebianRoot
      ? [
          ["/usr/bin/apt-get", "update", "-q"] as [string, ...string[]],
          ["/usr/bin/apt-get", "install", "-qy", "chromium", "fonts-noto-cjk"] as [
            string,
            ...string[],
          ],
        ]
      : []),
    [process.execPath, cli, "install", "chromium"],
  ];
}
