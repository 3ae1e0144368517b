import fs from "node:fs";

import { closeDatabase } from "@/db/client";
import { examineRecord, type RecordFault } from "@/domain/audit/check-record";
import { asJob } from "@/domain/context";
import { isGiven, setting } from "@/lib/env";
import { lastSignedFile, makeRecordKey } from "@/lib/record-key";

/**
 * What concerns the sealed record and is done at the machine (docs/decisions/038). `verify` makes the
 * whole record anew and compares it with what was signed: in the database, beside the key, and in
 * checkpoints somebody kept, each a file as /.well-known/gaozhi/checkpoint gives it.
 *
 *   npm run record -- new-key /var/lib/gaozhi/record-key.pem
 *   npm run record -- verify [checkpoint …]
 */
const [command, ...files] = process.argv.slice(2);

const WORDS: Record<RecordFault["kind"], string> = {
  changed: "内容被改动 · was changed",
  missing: "被删除 · was deleted",
  inserted: "未经登记而插入 · was inserted past the record's own way",
  erased: "内容被抹去而没有登记 · lost its contents without an erasure on record",
  rewritten: "从这里起与签名不符 · and what follows differ from a signed checkpoint",
  shortened:
    "此后的记录不见了 · is where the record ends, though a signed checkpoint reaches further",
  forged: "检查点的签名无效 · has a checkpoint that no known key signed",
};

const [first] = files;
if (command === "new-key" && first) {
  if (makeRecordKey(first)) say(`已生成密钥 · a new key is in ${first}`);
  else fail(`${first} 已存在，没有改动 · it exists already and was left as it is`);
} else if (command === "verify") await verify(files).finally(closeDatabase);
else fail("npm run record -- new-key FILE\nnpm run record -- verify [CHECKPOINT …]");

async function verify(kept: readonly string[]): Promise<void> {
  const memory = isGiven("RECORD_KEY_FILE") ? lastSignedFile(setting("RECORD_KEY_FILE") ?? "") : "";
  const notes = [...kept, ...(fs.existsSync(memory) ? [memory] : [])].map((file) =>
    fs.readFileSync(file, "utf8"),
  );
  const begun = performance.now();
  const check = await examineRecord(asJob("verify-record", new Date()), { notes });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  for (const { seq, place, kind } of check.faults)
    fail(
      `✗ ${seq === null ? `封存序号 place ${place}` : `第 ${seq} 条 entry ${seq}`}: ${WORDS[kind]}`,
    );
  say(
    `${check.entries} 条记录、${check.checkpoints} 个检查点，${seconds} 秒 · ${check.entries} entries and ${check.checkpoints} checkpoints in ${seconds} s: ${check.faults.length === 0 ? "✓" : "✗"}`,
  );
}

function fail(words: string): void {
  say(words);
  process.exitCode = 1;
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}
