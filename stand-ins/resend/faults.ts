import { z } from "zod";

/** What can go wrong with a request, in the words of the fault matrix. */
export const REQUEST_FAULTS = [
  "rate_limited",
  "daily_quota",
  "key_revoked",
  "concurrent",
  "other_body",
  "invalid",
  "error_before",
  "error_after",
  "unavailable_html",
  "timeout_before",
  "timeout_after",
  "reset_before",
  "reset_after",
  "half_json",
  "short_ids",
  "double_ids",
  "slow",
] as const;

export const faultInput = z.strictObject({
  fault: z.enum(REQUEST_FAULTS),
  /** How many matching requests it hits. */
  times: z.number().int().min(1).max(1_000_000).default(1),
  /** How many matching requests go well before. */
  skip: z.number().int().min(0).default(0),
  path: z.enum(["/emails", "/emails/batch"]).optional(),
  /** Only requests whose body holds this text, e.g. an address. */
  contains: z.string().min(1).optional(),
  /** Seconds in the retry-after header of `rate_limited` and `daily_quota`; unset, no header. */
  retryAfter: z.number().min(0).optional(),
  /** Milliseconds `timeout_…` holds the socket and `slow` waits before it accepts. */
  holdMs: z.number().int().min(0).default(60_000),
});

export type Fault = z.output<typeof faultInput>;

export type Faults = ReturnType<typeof createFaults>;

/** Faults in the order they were programmed; a request meets the first that fits it. */
export function createFaults() {
  let programmed: Fault[] = [];

  return {
    program(input: z.input<typeof faultInput>): void {
      programmed.push(faultInput.parse(input));
    },
    /** The fault this request meets, used up by one. */
    take(path: string, body: Buffer): Fault | undefined {
      const fitting = programmed.find((fault) => fits(fault, path, body));
      if (!fitting) return undefined;
      if (fitting.skip > 0) {
        fitting.skip -= 1;
        return undefined;
      }
      fitting.times -= 1;
      programmed = programmed.filter(({ times }) => times > 0);
      return fitting;
    },
    clear(): void {
      programmed = [];
    },
    pending: (): readonly Fault[] => programmed,
  };
}

function fits(fault: Fault, path: string, body: Buffer): boolean {
  if (fault.path && fault.path !== path) return false;
  return !fault.contains || body.includes(fault.contains);
}
