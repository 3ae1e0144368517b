// The door of every command: plain Node, because nothing may be installed yet.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const STAMP = path.join(ROOT, "node_modules", ".gaozhi-lock");
const HIDDEN_LOCK = path.join(ROOT, "node_modules", ".package-lock.json");
const PROGRAMS = {
  "start:web": ["start", "web"],
  "start:worker": ["start", "worker"],
  lint: ["check", "lint"],
  typecheck: ["check", "types"],
  "test:unit": ["test", "unit"],
  "test:e2e": ["test", "e2e"],
};

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  refuse(
    `需要 Node.js 20.19 或更高版本,当前为 ${process.version}。请升级后重试。`,
    `Node.js 20.19 or newer is needed; this is ${process.version}. Please upgrade it.`,
  );
}

process.chdir(ROOT);
process.env.NEXT_TELEMETRY_DISABLED = "1";
const command = process.argv[2] ?? "demo";
install(command);

const [script, ...words] = PROGRAMS[command] ?? [command];
process.argv.splice(1, 2, path.join(ROOT, "scripts", `${script}.ts`), ...words);
await import(import.meta.resolve("tsx"));
await import(pathToFileURL(process.argv[1]).href);

/** Installs what the lock file says and node_modules lacks. */
function install(command) {
  const lock = fs.readFileSync(path.join(ROOT, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  if (isInstalled(command, wanted)) return;

  process.stdout.write("正在安装依赖 · Installing packages (npm ci)\n");
  const own = process.env.npm_execpath ?? "";
  const [program, first] = own.endsWith(".js") ? [process.execPath, [own]] : ["npm", []];
  const { status } = spawnSync(program, [...first, "ci", "--include=dev", "--no-progress"], {
    cwd: ROOT,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    refuse(
      "依赖安装失败,原因见上。请检查网络和目录权限后重试。",
      "The packages could not be installed; the reason is above. Check the network and the folder's permissions.",
    );
  }
  leaveStamp(wanted);
}

function isInstalled(command, wanted) {
  // npm writes its hidden lock last, so a half-done install has none.
  if (!fs.existsSync(HIDDEN_LOCK)) return false;
  // A server's packages are the operator's: without development ones, perhaps not writable.
  if (command.startsWith("start")) return true;
  if (fs.existsSync(STAMP)) return fs.readFileSync(STAMP, "utf8") === wanted;

  const isNewer = fs.statSync(HIDDEN_LOCK).mtimeMs >= fs.statSync("package-lock.json").mtimeMs;
  if (isNewer) leaveStamp(wanted);
  return isNewer;
}

function leaveStamp(wanted) {
  try {
    fs.writeFileSync(STAMP, wanted);
  } catch {
    // Packages installed by another user: the next start compares again.
  }
}

function refuse(chinese, english) {
  process.stderr.write(`\n${chinese}\n${english}\n`);
  process.exit(1);
}
