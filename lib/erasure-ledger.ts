import fs from "node:fs";
import { z } from "zod";

const erasure = z.object({
  /** When it was carried out, ISO 8601. */
  at: z.iso.datetime(),
  /** Number of the deregistration, which is that of its certificate. */
  number: z.string(),
  /** The account's id, and those of the people who were erased with it. */
  accountId: z.uuid(),
  people: z.array(z.uuid()),
});
export type Erasure = z.output<typeof erasure>;

/**
 * What was erased, outside of the database: a file that is only ever appended to, one erasure a line,
 * with ids and times and nothing else (docs/decisions/021). A restored database is held against it.
 */
export type ErasureLedger = {
  /** Everything that was ever noted, in its order. @throws Error where a line is damaged */
  read(): Erasure[];
  /** Adds erasures; they are on the disk when it returns. */
  add(erasures: readonly Erasure[]): void;
};

export function openErasureLedger(file: string): ErasureLedger {
  const text = () => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");
  return {
    read: () => readLines(text(), file),
    add(erasures) {
      const lines = erasures.map((one) => `${JSON.stringify(erasure.parse(one))}\n`);
      const handle = fs.openSync(file, "a", 0o600);
      try {
        // What a loss of power cut off was never whole; it is noted again.
        const whole = Buffer.from(text()).lastIndexOf("\n") + 1;
        if (whole < fs.fstatSync(handle).size) fs.ftruncateSync(handle, whole);
        fs.writeSync(handle, lines.join(""));
        fs.fsyncSync(handle);
      } finally {
        fs.closeSync(handle);
      }
    },
  };
}

/** The last line may have been cut off by a loss of power. */
function readLines(text: string, file: string): Erasure[] {
  const lines = text.split("\n").filter(Boolean);
  return lines.flatMap((line, index) => {
    const read = erasure.safeParse(jsonIn(line));
    if (read.success) return [read.data];
    if (index === lines.length - 1 && !text.endsWith("\n")) return [];
    throw new Error(`${file}, line ${index + 1}: is no erasure`);
  });
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
