"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";

/** Reads the page again every so many milliseconds while it is looked at; a slow answer is waited for. */
export function PageRefresh({ every }: { every: number }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  useEffect(() => {
    if (pending) return;
    const timer = window.setTimeout(again, every);
    return () => window.clearTimeout(timer);

    function again() {
      if (document.visibilityState === "visible") startTransition(() => router.refresh());
      else document.addEventListener("visibilitychange", again, { once: true });
    }
  }, [every, pending, router]);

  return null;
}
