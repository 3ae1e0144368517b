import { makeRecordKey } from "@/lib/record-key";

/**
 * What concerns the sealed record and is done at the machine (docs/decisions/038):
 *
 *   npm run record -- new-key /var/lib/gaozhi/record-key.pem
 */
const [command, file] = process.argv.slice(2);

if (command === "new-key" && file) {
  if (makeRecordKey(file)) say(`已生成密钥 · a new key is in ${file}`);
  else fail(`${file} 已存在,没有改动 · it exists already and was left as it is`);
} else fail("npm run record -- new-key FILE");

function fail(words: string): void {
  say(words);
  process.exitCode = 1;
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}
