type Outcome = "done" | "failed";
const timers = new WeakMap<Element, number>();
/** How long it is said, in milliseconds: a failure asks the reader to do something. */
const SAID_FOR = { done: 2_000, failed: 6_000 } as const;

/** Puts a text on the clipboard and says so in the place around; a closed clipboard is said too. */
export async function copy(pressed: Element, text: string): Promise<void> {
  const place = pressed.closest<HTMLElement>("[data-copying]");
  if (!place) return;
  // Announced anew when the same is copied twice.
  say(place, undefined);
  try {
    await navigator.clipboard.writeText(text);
    say(place, "done");
  } catch {
    say(place, "failed");
  }
}

function say(place: HTMLElement, outcome: Outcome | undefined): void {
  clearTimeout(timers.get(place));
  const status = place.querySelector<HTMLElement>(":scope > [data-done]");
  const words = status?.firstElementChild;
  if (words) words.textContent = (outcome && status.dataset[outcome]) ?? "";
  if (!outcome) return void delete place.dataset.outcome;
  place.dataset.outcome = outcome;
  timers.set(
    place,
    window.setTimeout(() => say(place, undefined), SAID_FOR[outcome]),
  );
}
