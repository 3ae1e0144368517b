import { appendFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";

type Settled = { id: string; outcome: "acknowledged" | "given up"; at: string };

export type Journal = Awaited<ReturnType<typeof openJournal>>;

/** Which webhooks need no further attempt, so that a restart goes on where it was. */
export async function openJournal(folder: string) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, "webhooks.jsonl");
  const settled = new Set((await earlierLines(file)).map(({ id }) => id));
  let queue: Promise<unknown> = Promise.resolve();

  return {
    has: (id: string): boolean => settled.has(id),
    /** Unsynced and unchecked on purpose: a line that is lost only repeats a webhook. */
    settle(line: Settled): void {
      settled.add(line.id);
      const text = `${JSON.stringify(line)}\n`;
      queue = queue.then(() => appendFile(file, text, { mode: 0o600 })).catch(() => undefined);
    },
    async close(): Promise<void> {
      await queue;
    },
  };
}

async function earlierLines(file: string): Promise<Settled[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as Settled];
    } catch {
      return [];
    }
  });
}
