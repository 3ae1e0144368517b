const ASKED = "/api/auth/session";
/** Milliseconds until it is asked first, and at most from one time to the next. */
const FIRST = 60_000;
const LONGEST = 24 * 3_600_000;

/**
 * Calls `onEnd` once, when the session of this browser has ended: asked when its end is due, which
 * another tab may have moved, and whenever the page is seen again. Asking does not prolong it.
 * @returns what ends the watch
 */
export function watchSession(onEnd: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let endsAt = Infinity;
  let isOver = false;
  const later = (ms: number) => {
    clearTimeout(timer);
    if (!isOver) timer = setTimeout(ask, Math.min(Math.max(ms, 1_000), LONGEST));
  };
  const end = () => {
    stop();
    onEnd();
  };
  const ask = () => {
    fetch(ASKED, { cache: "no-store" })
      .then(async (answer) => {
        if (isOver) return;
        if (answer.status === 401) return end();
        if (!answer.ok) throw new Error("no answer");
        const { endsInMs } = (await answer.json()) as { endsInMs: number };
        if (!Number.isFinite(endsInMs)) throw new Error("no answer");
        endsAt = Date.now() + endsInMs;
        later(endsInMs);
      })
      .catch(() => {
        // Nobody to be asked: it ends when it was to end.
        if (isOver) return;
        if (Date.now() >= endsAt) end();
        else later(FIRST);
      });
  };
  const onSeen = () => {
    if (document.visibilityState === "visible") ask();
  };
  const stop = () => {
    isOver = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onSeen);
    window.removeEventListener("pageshow", onShown);
  };
  // Taken out of the browser's memory of pages.
  const onShown = ({ persisted }: PageTransitionEvent) => persisted && ask();
  document.addEventListener("visibilitychange", onSeen);
  window.addEventListener("pageshow", onShown);
  later(FIRST);
  return stop;
}

export type Typed = { label: string; words: string };

/** What stands in the fields of the page and was not there when it came: with the field's label. */
export function typedWords(): Typed[] {
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'main textarea, main input:is([type="text"], :not([type]))',
  );
  return [...fields]
    .filter(({ value, defaultValue }) => value.trim() !== "" && value !== defaultValue)
    .map((field) => ({
      label: field.labels?.[0]?.textContent?.trim() ?? "",
      words: field.value,
    }));
}
