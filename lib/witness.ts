import { cosignedAt } from "./cosignature";
import { type Checkpoint, type NoteKey, readCheckpoint } from "./signed-note";

/**
 * Asks a witness for its word (c2sp.org/tlog-witness): the size it knows, the way from there, the note.
 * `behind`: it knows another size, `knows`; `refused`: it does not take what it was shown.
 */
export type WitnessAnswer =
  | { state: "cosigned"; line: string; at: Date }
  | { state: "behind"; knows: number }
  | { state: "refused"; status: number };

type Shown = { note: string; old: number; proof: readonly Buffer[] };

/** Milliseconds that a witness may take. */
const PATIENCE = 5_000;

export const witnessBody = ({ note, old, proof }: Shown): string =>
  [`old ${old}`, ...proof.map((hash) => hash.toString("base64")), "", note].join("\n");

/** @throws where the witness is not there, or its word is not the one it was asked for */
export async function askWitness(
  { url, key }: { url: string; key: NoteKey },
  shown: Shown,
): Promise<WitnessAnswer> {
  const answer = await fetch(`${url.replace(/\/$/, "")}/add-checkpoint`, {
    ...{ method: "POST", body: witnessBody(shown), redirect: "error" },
    signal: AbortSignal.timeout(PATIENCE),
  });
  const said = await answer.text();
  if (answer.status === 409 && /^\d{1,15}\n?$/.test(said))
    return { state: "behind", knows: Number(said) };
  if (answer.status !== 200) return { state: "refused", status: answer.status };
  for (const line of said.split("\n")) {
    const at = cosignedAt(shown.note, line, key);
    if (at) return { state: "cosigned", line, at };
  }
  throw new Error("the witness answered, but not with its signature of what it was shown");
}

const HASH = /^[A-Za-z0-9+/]{43}=$/;

/** What a witness is shown; null where it is no such request. */
export function readWitnessBody(body: string): (Shown & { later: Checkpoint }) | null {
  const end = body.indexOf("\n\n");
  const [first = "", ...lines] = body.slice(0, Math.max(end, 0)).split("\n");
  const [, old] = /^old (\d{1,15})$/.exec(first) ?? [];
  const note = body.slice(end + 2);
  const later = readCheckpoint(note);
  if (end < 0 || old === undefined || !later || !lines.every((line) => HASH.test(line)))
    return null;
  return { note, later, old: Number(old), proof: lines.map((line) => Buffer.from(line, "base64")) };
}
