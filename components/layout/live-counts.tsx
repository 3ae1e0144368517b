"use client";

import { useRouter } from "next/navigation";
import { startTransition, useEffect, useRef } from "react";

const ASKED = "/api/auth/session?pulse";
/** Milliseconds from one answer to the next question: what has changed shows within five seconds. */
const EVERY = 4_000;

/**
 * Reads the page again when what it counts has changed elsewhere: in another tab, by a colleague, by a
 * message that came. One question at a time, and none while the page is hidden; asking prolongs no session.
 */
export function LiveCounts({ pulse }: { pulse: string }) {
  const router = useRouter();
  const shown = useRef(pulse);
  useEffect(() => {
    shown.current = pulse;
  }, [pulse]);

  useEffect(
    () =>
      watchPulse((now) => {
        if (now === shown.current) return;
        // Asked for once: what the page shows then is as new.
        shown.current = now;
        startTransition(() => router.refresh());
      }),
    [router],
  );
  return null;
}

/** @returns what ends the watch */
function watchPulse(onPulse: (pulse: string) => void): () => void {
  const leaving = new AbortController();
  const { signal } = leaving;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;

  async function ask() {
    clearTimeout(timer);
    if (isAsking || document.visibilityState !== "visible") return;
    isAsking = true;
    const pulse = await readPulse(signal);
    isAsking = false;
    if (signal.aborted) return;
    if (pulse !== null) onPulse(pulse);
    timer = setTimeout(() => void ask(), EVERY);
  }

  timer = setTimeout(() => void ask(), EVERY);
  document.addEventListener("visibilitychange", () => void ask(), { signal });
  return () => {
    leaving.abort();
    clearTimeout(timer);
  };
}

/** Null where nobody answered, or the session is over, which the page hears elsewhere. */
async function readPulse(signal: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch(ASKED, { cache: "no-store", signal });
    const told: unknown = await response.json();
    return typeof told === "object" && told !== null && "pulse" in told ? String(told.pulse) : null;
  } catch {
    return null;
  }
}
