const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/** Made once for each zone: making one takes far longer than using it. */
const CLOCKS = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = CLOCKS.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone: zone, hourCycle: "h23" },
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
  });
  CLOCKS.set(zone, made);
  return made;
}

type Part = "year" | "month" | "day" | "hour" | "minute";

function partsIn(zone: string, moment: Date): (part: Part) => string {
  const parts = clockOf(zone).formatToParts(moment);
  return (part) => parts.find(({ type }) => type === part)?.value ?? "";
}

/** The minute on a time zone's clock at a moment, as a field for a moment holds it: "2027-03-14T09:30". */
export function minuteIn(zone: string, moment: Date): string {
  const part = partsIn(zone, moment);
  const day = [part("year").padStart(4, "0"), part("month"), part("day")].join("-");
  return `${day}T${part("hour")}:${part("minute")}`;
}

/** How far a zone's clock is ahead of UTC's at a moment, whole minutes in milliseconds. */
function offsetAt(zone: string, moment: number): number {
  const part = partsIn(zone, new Date(moment));
  const shown = new Date(moment);
  shown.setUTCFullYear(Number(part("year")), Number(part("month")) - 1, Number(part("day")));
  shown.setUTCHours(Number(part("hour")), Number(part("minute")), 0, 0);
  return shown.getTime() - Math.floor(moment / MINUTE_MS) * MINUTE_MS;
}

/**
 * The moments at which a time zone's clock shows a minute, the first one first: none where it is put
 * forward over that minute, two where it is put back. The rules are the platform's (Intl).
 */
export function momentsAt(minute: string, zone: string): Date[] {
  const asUtc = Date.parse(`${minute}Z`);
  const offsets = new Set([offsetAt(zone, asUtc - DAY_MS), offsetAt(zone, asUtc + DAY_MS)]);
  return [...offsets]
    .map((offset) => new Date(asUtc - offset))
    .filter((moment) => minuteIn(zone, moment) === minute)
    .toSorted((a, b) => a.getTime() - b.getTime());
}
