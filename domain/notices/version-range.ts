import semver from "semver";

const OPTIONS = { includePrerelease: true };
/** Numbers with points between them, at least one; what follows ("-beta.1", "beta") names a build of it. */
const NUMBERS = /^(\d{1,15}(?:\.\d{1,15})*)(?:[-+A-Za-z].*)?$/;

/**
 * A range as semver reads it, "" for any version; null when it is none. Signs that keyboards and
 * documents turn into others (≥, full-width digits, a long dash between two versions) are understood.
 */
export function readRange(typed: string): string | null {
  const range = typed
    .normalize("NFKC")
    .replaceAll("≥", ">=")
    .replaceAll("≤", "<=")
    .replaceAll(/\s*[–—]\s*/g, " - ")
    .replaceAll(/[，,;；]/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  if (range === "") return "";
  return range.length <= 200 && semver.validRange(range, OPTIONS) !== null ? range : null;
}

/** `unreadable`: nobody can tell, so the app is counted in and marked. */
export type Verdict = "in" | "out" | "unreadable";

/**
 * Whether a version as its maker writes it lies in a range. Where semver is stricter than versions
 * are, nobody affected may be missed: a pre-release is in when it or its release is, and a version of four
 * numbers (8.0.1.2) when any place between 8.0.1 and 8.0.2 is.
 */
export function judge(version: string, range: string): Verdict {
  const probes = probesOf(version);
  if (probes.length === 0) return "unreadable";
  return probes.some((probe) => semver.satisfies(probe, range, OPTIONS)) ? "in" : "out";
}

function probesOf(version: string): string[] {
  const numbers = NUMBERS.exec(version)?.[1]?.split(".").map(Number) ?? [];
  if (numbers.length === 0) return [];
  const [major, minor, patch] = [...numbers, 0, 0].map(String);
  const release = `${major}.${minor}.${patch}`;
  const probes = [release, numbers.length > 3 ? justBefore(numbers) : exactly(version)];
  return semver.valid(release) ? probes.filter((probe) => semver.valid(probe)) : [];
}

/** The last place before the next version of three numbers. */
const justBefore = ([major = 0, minor = 0, patch = 0]: number[]) =>
  `${major}.${minor}.${patch + 1}-0`;

const exactly = (version: string) => semver.parse(version, { loose: true })?.version ?? "";
