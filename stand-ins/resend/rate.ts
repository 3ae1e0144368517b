const WINDOW_MS = 1000;

/**
 * Counts requests in windows of one second, as Resend does.
 * `count()` returns the headers of the answer and whether the request is one too many.
 */
export function createRate(perSecond: number, now: () => number) {
  let windowStart = -Infinity;
  let used = 0;

  return {
    count(): { headers: Record<string, string>; exceeded: boolean } {
      const at = now();
      if (at < windowStart || at >= windowStart + WINDOW_MS) {
        windowStart = at;
        used = 0;
      }
      used += 1;
      const reset = Math.max(1, Math.ceil((windowStart + WINDOW_MS - at) / 1000));
      const exceeded = used > perSecond;
      return {
        exceeded,
        headers: {
          "ratelimit-policy": `${perSecond};w=1`,
          "ratelimit-limit": String(perSecond),
          "ratelimit-remaining": String(Math.max(0, perSecond - used)),
          "ratelimit-reset": String(reset),
          ...(exceeded && { "retry-after": String(reset) }),
        },
      };
    },
  };
}
