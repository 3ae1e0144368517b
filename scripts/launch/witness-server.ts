import fs from "node:fs";
import http from "node:http";
import path from "node:path";

import { cosign, witnessKey, witnessLine } from "@/lib/cosignature";
import { isGrownFrom } from "@/lib/merkle";
import { makeRecordKey, openRecordSigner } from "@/lib/record-key";
import { type Checkpoint, isSignedBy, type NoteKey, readCheckpoint } from "@/lib/signed-note";
import { readWitnessBody } from "@/lib/witness";

/**
 * A witness (c2sp.org/tlog-witness) for one record, on the machine of somebody who is not its keeper:
 * it remembers the last state that it signed, and signs another only if that goes on from it.
 * Its folder holds its own key and its memory; whoever loses it begins a new witness.
 */
type Witness = { name: string; folder: string; logs: readonly NoteKey[] };
type Said = { status: number; text: string; type?: string };

/** Bytes; a proof has at most some 60 hashes. */
const MOST = 20_000;

/** @returns the server, not listening yet, and the line of its key */
export function makeWitness({ name, folder, logs }: Witness) {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keyFile = path.join(folder, "witness-key.pem");
  makeRecordKey(keyFile);
  const memory = openRecordSigner(keyFile);
  const key = witnessKey(name, memory.publicKey);

  function look(body: string): Said {
    const shown = readWitnessBody(body);
    if (!shown) return { status: 400, text: "no request of c2sp.org/tlog-witness\n" };
    const { note, later, old, proof } = shown;
    const known = logs.filter((log) => log.name === later.origin);
    if (known.length === 0) return { status: 404, text: "another log\n" };
    if (!known.some((log) => isSignedBy(note, log))) return { status: 403, text: "not signed\n" };
    const refused = refusal(readCheckpoint(memory.last() ?? ""), { later, old, proof });
    if (refused) return refused;
    memory.keep(note);
    const line = cosign(note, key, { by: memory.privateKey, at: new Date() });
    return { status: 200, text: `${line}\n` };
  }

  const server = http.createServer((request, response) => {
    void (async () => {
      const isAsked = request.method === "POST" && request.url === "/add-checkpoint";
      const body = isAsked ? await bodyOf(request) : null;
      const nothing: Said = { status: isAsked ? 413 : 404, text: "nothing here\n" };
      const {
        status,
        text,
        type = "text/plain; charset=utf-8",
      } = body === null ? nothing : look(body);
      response.writeHead(status, { "Content-Type": type }).end(text);
    })().catch(() => response.destroy());
  });
  return { server, line: witnessLine(key) };
}

type Shown = { later: Checkpoint; old: number; proof: readonly Buffer[] };

/** Why what is shown does not go on from what was signed before; null where it does. */
function refusal(before: Checkpoint | null, { later, old, proof }: Shown): Said | null {
  const size = before?.size ?? 0;
  if (old > later.size) return { status: 400, text: "the old size is the larger one\n" };
  if (old !== size) return { status: 409, text: `${size}\n`, type: "text/x.tlog.size" };
  const goesOn = before ? isGrownFrom(before, { later, proof }) : proof.length === 0;
  return goesOn ? null : { status: 422, text: "does not go on from what was signed\n" };
}

async function bodyOf(request: http.IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part as Uint8Array);
    size += bytes.length;
    if (size > MOST) return null;
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString("utf8");
}
