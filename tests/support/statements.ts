import pg from "pg";
import { vi } from "vitest";

/** What a piece of work asks the database, statement by statement; without the borders of transactions. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const spy = vi.spyOn(pg.Client.prototype, "query");
  try {
    await work();
    return spy.mock.calls
      .map(([asked]: readonly unknown[]) => textOf(asked))
      .filter((text) => !/^(begin|commit|rollback)/i.test(text));
  } finally {
    spy.mockRestore();
  }
}

/** The text of what a client was asked. */
export function textOf(asked: unknown): string {
  if (typeof asked === "object" && asked !== null && "text" in asked) return String(asked.text);
  return String(asked);
}
