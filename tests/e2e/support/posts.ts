import { ask, inTurns } from "./ask";
import type { Field } from "./forms";

export type Sent = { what: string; address: string; init: RequestInit };

/** What was answered with a fault of ours; how many were sent is told. */
export async function brokenOf(sent: readonly Sent[]): Promise<string[]> {
  const broken: string[] = [];
  const answers = new Map<number, number>();
  const started = Date.now();
  await inTurns(sent, async ({ what, address, init }) => {
    const answer = await ask(address, init);
    const { status } = answer;
    await answer.text();
    answers.set(status, (answers.get(status) ?? 0) + 1);
    if (status >= 500) broken.push(`${status} ${what}`);
  });
  const counts = [...answers].map(([status, count]) => `${count} × ${status}`).join(", ");
  process.stdout.write(`${sent.length} requests in ${Date.now() - started} ms: ${counts}\n`);
  return broken;
}

export const entryOf = ({ name, value, isFile }: Field): [string, string | File] => [
  name,
  isFile ? new File(["a,b\n1,2\n"], "a.csv") : value,
];

/** What a page writes into a form that keeps a state, for browsers without scripts. */
export const marksOf = (id: string): [string, string][] => [
  ["$ACTION_REF_1", ""],
  ["$ACTION_1:0", JSON.stringify({ id, bound: "$@1" })],
  ["$ACTION_1:1", '[{"status":"idle"}]'],
  ["$ACTION_KEY", "k1"],
];

export function formData(entries: readonly (readonly [string, string | File])[]): FormData {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
}

/**
 * As React sends an action's arguments; one kind of ours takes the form first, the other second, and
 * React hands each entry out once. A test holds it to what an action is told (wrong-input.spec.ts).
 */
export function argumentsOf(entries: readonly (readonly [string, string | File])[]): FormData {
  const form = formData(
    ["_1_", "_2_"].flatMap((part) =>
      entries.map(([name, value]) => [`${part}${name}`, value] as const),
    ),
  );
  form.append("0", JSON.stringify(["$K1", "$K2"]));
  return form;
}
