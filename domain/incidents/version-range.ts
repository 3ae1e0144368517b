import semver from "semver";

const OPTIONS = { includePrerelease: true };
/** Numbers with points between them, at least one; what follows ("-beta.1", "beta") names a build of it. */
const NUMBERS = /^(\d{1,15}(?:\.\d{1,15})*)(?:[-+A-Za-z].*)?$/;

/** `part`: the words that no version can satisfy. */
export type ReadRange = { range: string } | { refusal: "unreadable" | "nothing"; part: string };

const LONGEST = 1000;

/**
 * What was typed as a range in semver's form, "" for any version. Signs that keyboards and documents
 * turn into others (≥, full-width digits, a long dash or tilde between two versions) are understood.
 *
 * Versions one after the other, with a comma, 、, ; or "or" between them, are alternatives; what a
 * blank parts holds together. Of two neighbours with a comma between them that bound a range together
 * (">=8.0.0, <8.1.0") one range is made: as alternatives they would be every version, which nobody
 * writes. Two that leave a gap ("<8.0, >=9.0") are alternatives. An alternative that no version can
 * satisfy ("8.1.0 7.9.1") is refused, because whoever wrote it meant somebody.
 */
export function readRange(typed: string): ReadRange {
  const range = typed
    .normalize("NFKC")
    .replaceAll("≥", ">=")
    .replaceAll("≤", "<=")
    .replaceAll(/\s*[–—]\s*/g, " - ")
    .replaceAll(/(?<=\d)\s*~\s*(?=v?\d)/g, " - ")
    .replaceAll(/\s+/g, " ")
    .trim();
  if (range === "") return { range };
  if (range.length > LONGEST) return { refusal: "unreadable", part: `${range.slice(0, 40)}…` };
  const parts = range
    .split(/\|\|?|或者?|\bor\b/i)
    .flatMap((either) => joinBounds(either.split(/[,;、]/).map((part) => part.trim())))
    .filter((part) => part !== "");
  if (parts.length === 0) return { refusal: "unreadable", part: range };
  const refused = parts.flatMap((part) => {
    const refusal = refusalOf(part);
    return refusal ? [{ refusal, part }] : [];
  });
  return refused[0] ?? { range: [...new Set(parts)].join(" || ") };
}

const ONE_BOUND = /^([<>])=? ?v?\d\S*$/;

/** Two neighbours that bound one range become one part. */
function joinBounds(parts: readonly string[]): string[] {
  const [one, other, ...rest] = parts.filter((part) => part !== "");
  if (one === undefined || other === undefined) return one === undefined ? [] : [one];
  const signs = [one, other].map((part) => ONE_BOUND.exec(part)?.[1]);
  const [from, to] = signs[0] === ">" ? [one, other] : [other, one];
  const isRange = signs.includes(">") && signs.includes("<") && isSatisfiable(`${from} ${to}`);
  return isRange ? [`${from} ${to}`, ...joinBounds(rest)] : [one, ...joinBounds([other, ...rest])];
}

function refusalOf(part: string): "unreadable" | "nothing" | null {
  if (semver.validRange(part, OPTIONS) === null) return "unreadable";
  return isSatisfiable(part) ? null : "nothing";
}

/** Whether there can be such a version: if any, one of its bounds is, or what comes right after one. */
function isSatisfiable(part: string): boolean {
  if (semver.validRange(part, OPTIONS) === null) return false;
  const bounds = new semver.Range(part, OPTIONS).set.flat().flatMap(({ semver: bound }) =>
    // What semver has for "any" is a symbol, without numbers.
    bound.version ? [bound.version, justBefore([bound.major, bound.minor, bound.patch])] : [],
  );
  return ["0.0.0", ...bounds].some((version) => semver.satisfies(version, part, OPTIONS));
}

/** One alternative of a range: one version, or what lies between bounds. */
export type Alternative =
  | { exactly: string }
  | { from: Bound | null; to: Bound | null }
  /** What an older rule may still hold: no version satisfies it. */
  | { nothing: string };
type Bound = { version: string; included: boolean };

/** A stored range taken apart, to be said in words. */
export function alternativesOf(range: string): Alternative[] {
  return range.split("||").map((part): Alternative => {
    if (!isSatisfiable(part)) return { nothing: part.trim() };
    const comparators = (new semver.Range(part, OPTIONS).set[0] ?? []).filter(
      ({ semver: bound }) => bound.version,
    );
    const exact = comparators.find(({ operator }) => operator === "");
    if (exact) return { exactly: exact.semver.version };
    return { from: tightest(comparators, ">"), to: tightest(comparators, "<") };
  });
}

/** "8.2.0-0" is how semver writes the very beginning of 8.2.0. */
function tightest(comparators: readonly semver.Comparator[], sign: "<" | ">"): Bound | null {
  const [bound] = comparators
    .filter(({ operator }) => operator.startsWith(sign))
    .toSorted((one, other) =>
      sign === ">"
        ? semver.rcompare(one.semver, other.semver)
        : semver.compare(one.semver, other.semver),
    );
  if (!bound) return null;
  return {
    version: bound.semver.version.replace(/-0$/, ""),
    included: bound.operator.endsWith("="),
  };
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
