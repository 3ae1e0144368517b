import type { Watched } from "./watched";

const MB = 1024 * 1024;
const POSTS = 15;
const SIZE = 11.5;

/** Bodies as large as a file, posted by strangers to sign-in, in turn and then all at once. */
export async function* largeBodies({ origin, memory }: Watched): AsyncGenerator<string> {
  const large = new Uint8Array(SIZE * MB).fill(0x61);
  const statuses = new Map<number, number>();
  const post = async (body: Uint8Array<ArrayBuffer> = large) => {
    const answer = await fetch(`${origin}/zh-CN/sign-in`, {
      ...{ method: "POST", body },
      headers: { origin, "content-type": "application/x-www-form-urlencoded" },
    }).catch(() => null);
    await answer?.arrayBuffer().catch(() => null);
    statuses.set(answer?.status ?? 0, (statuses.get(answer?.status ?? 0) ?? 0) + 1);
  };
  // What a server takes that has just been started is not the bodies'.
  for (let n = 0; n < 20 * POSTS; n += 1) await post(large.subarray(0, 100));
  statuses.clear();
  const before = memory();
  for (let n = 0; n < POSTS; n += 1) await post();
  await Promise.all(Array.from({ length: POSTS }, () => post()));
  const after = memory();
  const counts = [...statuses].map(([status, n]) => `${n} × ${status || "cut off"}`).join(", ");
  const grown = Math.max(after.now, after.most) - Math.max(before.now, before.most);
  yield `2 × ${POSTS} bodies of ${SIZE} MB to sign-in: ${counts}`;
  yield `memory of the web process: ${Math.round(before.now)} MB before, ${Math.round(after.now)} MB after; its most grew by ${Math.round(grown)} MB (at most 50)`;
}
