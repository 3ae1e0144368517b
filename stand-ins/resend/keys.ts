const KEPT_MS = 24 * 60 * 60 * 1000;

export type Begun =
  | { kind: "new" }
  | { kind: "repeat"; answer: string }
  | { kind: "other body" }
  | { kind: "in progress" };

type Kept = { sha256: string; answer: string; at: number };

export type Keys = ReturnType<typeof createKeys>;

/**
 * Idempotency keys per endpoint, kept 24 hours by the stand-in's own clock. Only accepted requests
 * are remembered; a refused one may be tried again under its key.
 * Source: resend.com/docs/dashboard/emails/idempotency-keys.
 */
export function createKeys(now: () => number) {
  const kept = new Map<string, Kept>();
  const inProgress = new Set<string>();

  return {
    begin(endpoint: string, key: string, sha256: string): Begun {
      const scope = `${endpoint} ${key}`;
      if (inProgress.has(scope)) return { kind: "in progress" };

      const earlier = kept.get(scope);
      if (earlier && now() < earlier.at + KEPT_MS) {
        return earlier.sha256 === sha256
          ? { kind: "repeat", answer: earlier.answer }
          : { kind: "other body" };
      }
      kept.delete(scope);
      inProgress.add(scope);
      return { kind: "new" };
    },

    /** The request was accepted with this answer. */
    keep(endpoint: string, key: string, accepted: Kept): void {
      const scope = `${endpoint} ${key}`;
      inProgress.delete(scope);
      kept.set(scope, accepted);
    },

    /** The request was not accepted. */
    forget(endpoint: string, key: string): void {
      inProgress.delete(`${endpoint} ${key}`);
    },

    count: () => kept.size,
  };
}
