import { keepCosignature, readForWitness } from "@/domain/audit/witness-record";
import { asJob } from "@/domain/context";
import type { NoteKey } from "@/lib/signed-note";
import { askWitness } from "@/lib/witness";

/**
 * `cosigned`: the witness has signed what was signed last. `contradicted`: it knows another record than
 * this one, longer or not its beginning, and signs no more.
 */
export type Witnessed = "cosigned" | "contradicted";

/**
 * Shows the witness what was signed last. It says which state it knows where that is not the one we
 * think (another database signed meanwhile, or it lost its memory), and is shown the way from there.
 * @throws where it is not there, or does not know the key: the next round asks again
 */
export async function showWitness(witness: { url: string; key: NoteKey }): Promise<Witnessed> {
  const ctx = asJob("seal-record", new Date());
  const { name } = witness.key;
  let shown = await readForWitness(ctx, { witness: name });
  for (const isLast of [false, true]) {
    if (!shown) return "cosigned";
    if (shown.isShorter) return "contradicted";
    const answer = await askWitness(witness, shown);
    if (answer.state === "cosigned") {
      const { line, at } = answer;
      await keepCosignature(ctx, { witness: name, size: shown.size, line, at });
      return "cosigned";
    }
    if (answer.state === "refused") {
      // What it was shown does not go on from what it knows (c2sp.org/tlog-witness, 422).
      if (answer.status === 422) return "contradicted";
      throw new Error(`the witness refused with ${answer.status}`);
    }
    if (isLast) break;
    shown = await readForWitness(ctx, { witness: name, knows: answer.knows });
  }
  throw new Error("the witness named two sizes in a row");
}
