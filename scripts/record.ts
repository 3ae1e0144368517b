import fs from "node:fs";

import { closeDatabase } from "@/db/client";
import type { RecordFault } from "@/domain/audit/check-leaves";
import { examineRecord } from "@/domain/audit/check-record";
import { continueRecord, keyOf } from "@/domain/audit/seal-record";
import { asJob } from "@/domain/context";
import { env, isGiven, setting } from "@/lib/env";
import { makeRecordKey, notesBeside, openRecordSigner, replaceRecordKey } from "@/lib/record-key";
import { StartError } from "@/lib/start-error";

import { runCommand, say } from "./launch/say";

/**
 * What concerns the sealed record and is done at the machine (docs/decisions/038). `verify` makes the
 * whole record anew and compares it with what was signed: in the database, beside the key, and in
 * checkpoints somebody kept, each a file as /.well-known/gaozhi/checkpoint gives it.
 *
 *   npm run record -- new-key /var/lib/gaozhi/record-key.pem
 *   npm run record -- verify [checkpoint …]
 *   npm run record -- continue
 *
 * `continue` is for after a restore of the database to an earlier moment, when leaves are missing that
 * were signed (docs/operations.md): it puts the gap on the record and begins a new key.
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

await runCommand(async () => {
  const [first] = files;
  if (command === "verify") return verify(files).finally(closeDatabase);
  if (command === "continue") return goOn().finally(closeDatabase);
  if (command === "new-key" && first) {
    if (makeRecordKey(first)) return done(`已生成密钥 · a new key is in ${first}`);
    throw new StartError(
      `${first} 已存在，没有改动。`,
      `${first} exists already and was left as it is.`,
    );
  }
  say(
    "npm run record -- new-key FILE\nnpm run record -- verify [CHECKPOINT …]\nnpm run record -- continue",
  );
  return 1;
});

/** @returns the code to end with */
async function goOn(): Promise<number> {
  env();
  const file = setting("RECORD_KEY_FILE");
  if (!file) throw new StartError("RECORD_KEY_FILE 没有设置。", "RECORD_KEY_FILE is not set.");
  const signer = openRecordSigner(file);
  const { id } = keyOf(signer);
  const { state, from, entries } = await continueRecord(asJob("continue-record", new Date()), {
    signer,
  });
  if (state === "whole") return done("记录完整，无需处理 · the record is whole; nothing to do");
  replaceRecordKey(file, id);
  return done(
    `自第 ${from} 个封存序号起丢失 ${entries} 条，已写入记录；原密钥移至 ${file}.${id}，新密钥从现在起签名 · ${entries} leaves from place ${from} on are lost, which is on the record now; the key before is in ${file}.${id}, a new one signs from here on`,
  );
}

/** @returns the code to end with */
async function verify(kept: readonly string[]): Promise<number> {
  env();
  const key = isGiven("RECORD_KEY_FILE") ? setting("RECORD_KEY_FILE") : undefined;
  const notes = [
    ...kept.map((file) => fs.readFileSync(file, "utf8")),
    ...(key ? notesBeside(key) : []),
  ];
  const begun = performance.now();
  const check = await examineRecord(asJob("verify-record", new Date()), { notes });
  for (const { seq, from, entries } of check.gaps)
    say(
      `! 第 ${seq} 条 entry ${seq}: 自封存序号 ${from} 起 ${entries} 条在恢复数据库时丢失 · ${entries} leaves from place ${from} on were lost by a restore of the database`,
    );
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  for (const { seq, place, kind } of check.faults)
    say(
      `✗ ${seq === null ? `封存序号 place ${place}` : `第 ${seq} 条 entry ${seq}`}: ${WORDS[kind]}`,
    );
  say(
    `${check.entries} 条记录、${check.checkpoints} 个检查点，${seconds} 秒 · ${check.entries} entries and ${check.checkpoints} checkpoints in ${seconds} s: ${check.faults.length === 0 ? "✓" : "✗"}`,
  );
  return check.faults.length === 0 ? 0 : 1;
}

function done(words: string): number {
  say(words);
  return 0;
}
