const DAY_MS = 24 * 3_600_000;

/** Made once for each zone: making one takes far longer than using it. */
const CLOCKS = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = CLOCKS.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("sv-SE", {
    ...{ timeZone: zone, hourCycle: "h23" },
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
  });
  CLOCKS.set(zone, made);
  return made;
}

/** The minute on a time zone's clock at a moment, as a field for a moment holds it: "2027-03-14T09:30". */
export const minuteIn = (zone: string, moment: Date): string =>
  clockOf(zone).format(moment).replace(" ", "T");

/**
 * The moments at which a time zone's clock shows a minute, the first one first: none where it is put
 * forward over that minute, two where it is put back. The rules are the platform's (Intl).
 */
export function momentsAt(minute: string, zone: string): Date[] {
  const asUtc = Date.parse(`${minute}Z`);
  const offsetAt = (moment: number) => Date.parse(`${minuteIn(zone, new Date(moment))}Z`) - moment;
  const offsets = new Set([offsetAt(asUtc - DAY_MS), offsetAt(asUtc + DAY_MS)]);
  return [...offsets]
    .map((offset) => new Date(asUtc - offset))
    .filter((moment) => minuteIn(zone, moment) === minute)
    .toSorted((a, b) => a.getTime() - b.getTime());
}
