import type { createFaults } from "@/stand-ins/resend/faults";
import type { Webhooks } from "@/stand-ins/resend/webhooks";

import type { Random } from "./random";

type Fault = Parameters<ReturnType<typeof createFaults>["program"]>[0];

/** What a provider does on a bad day. Those that end after the mails were accepted are the cruel ones. */
const FAULTS: readonly Fault[] = [
  { fault: "rate_limited", retryAfter: 1 },
  { fault: "rate_limited" },
  { fault: "concurrent" },
  { fault: "error_before" },
  { fault: "error_after" },
  { fault: "error_after" },
  { fault: "unavailable_html" },
  { fault: "reset_before" },
  { fault: "reset_after" },
  { fault: "reset_after" },
  { fault: "half_json" },
  { fault: "short_ids" },
  { fault: "double_ids" },
];

/** Longer than the mailer waits for an answer. */
const HELD_MS = 20_000;

type Wish = { random: Random; count: number; timeouts: boolean };

/** Programs a random sequence of faults, slow answers between them, so that kills meet requests under way. */
export function planFaults(program: (fault: Fault) => void, { random, count, timeouts }: Wish) {
  const named: string[] = [];
  const add = (fault: Fault) => {
    program(fault);
    if (fault.fault !== "slow") named.push(fault.fault);
  };
  // Whatever the dice say, and however few requests there are: answers to accepted mails are lost.
  add({ fault: "reset_after" });
  add({ fault: "error_after", times: 2 });
  for (let n = 0; n < count; n += 1) {
    add({ fault: "slow", times: 1 + random(3), holdMs: 20 + random(120) });
    add(FAULTS[random(FAULTS.length)] ?? { fault: "error_after" });
  }
  if (timeouts) {
    add({ fault: "timeout_after", holdMs: HELD_MS });
    add({ fault: "timeout_before", holdMs: HELD_MS });
  }
  add({ fault: "slow", times: 1000, holdMs: 15 });
  return named;
}

/** Doubles and turns around some of the webhooks that come next. */
export function disturbWebhooks(webhooks: Webhooks, random: Random): void {
  webhooks.double(10 + random(200));
  webhooks.reorder(2 + random(60));
}
