/** So many that the portal never waits for the next; more would wait for its ten database connections. */
const AT_ONCE = 3;

/** Asks the portal without a browser; packed answers would cost both sides time. */
export function ask(address: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("accept-encoding", "identity");
  const origin = `http://localhost:${process.env.E2E_PORT}`;
  // Put together by hand: resolved, "//…" would name another host. A whole address is another portal's.
  return fetch(address.startsWith("/") ? `${origin}${address}` : address, {
    redirect: "manual",
    ...init,
    headers,
  });
}

/** Whether it came from what is kept for everybody, or a cache between may keep it (RFC 9111, 3). */
export const mayBeKept = (headers: Headers): boolean =>
  headers.has("cache-status") ||
  headers.has("x-accel-expires") ||
  /public|s-maxage|max-age=[1-9]/.test(headers.get("cache-control") ?? "");

/** Each one once, a few at a time. */
export async function inTurns<Item>(items: readonly Item[], run: (item: Item) => Promise<void>) {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
