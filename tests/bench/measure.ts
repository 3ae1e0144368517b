import { spawn, spawnSync } from "node:child_process";
import http from "node:http";
import { performance } from "node:perf_hooks";

/** A figure as it was taken. `size` is what the plots count along: developers, recipients, versions. */
export type Figure = { what: string; value: number; unit: Unit; size?: number };
export type Unit = "/s" | "ms" | "s" | "kB" | "MB" | "B" | "";

/** Ours beside its limit or peer of the same run; `least` or `most` is the target. `why` it is missed, where a profile has told. */
export type Ratio = { what: string; value: number; size?: number; why?: string } & (
  | { least: number }
  | { most: number }
);

/** What one workload found; `lines` are what no table holds. `left` says what of it could not be measured here, and why. */
export type Found = { figures: Figure[]; ratios: Ratio[]; lines?: string[]; left?: string[] };

export type Workload = {
  /** As performance targets name it: B1 … B13. */
  id: string;
  name: string;
  /** What is done, and beside what it stands. */
  about: string;
  /** It begins with crowds that have been told (crowd.ts), and not with an empty database. */
  on?: "told";
  /** It needs the production build. */
  isBuilt?: true;
  /** It is played by its name alone, and not with all. */
  isApart?: true;
  run(): Promise<Found>;
};

export const isMet = (ratio: Ratio): boolean =>
  "least" in ratio ? ratio.value >= ratio.least : ratio.value <= ratio.most;

export const hasProgram = (program: string, says = "-v"): boolean =>
  spawnSync(program, [says], { stdio: "ignore" }).error === undefined;

export type Rate = { perSecond: number; p50: number; p99: number; errors: number };

/**
 * Asks an address again and again with wrk, after a second of warming up.
 * @param seconds how long
 * @throws where it does not answer 200
 * @returns answers a second, milliseconds of the middle and of the slowest hundredth, and how many were no 200
 */
export async function ask(
  url: string,
  { seconds = 4, connections = 16, headers = {} as Record<string, string> } = {},
): Promise<Rate> {
  const sent = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const once = (duration: number) =>
    said("wrk", [
      ...["-t1", `-c${connections}`, `-d${duration}s`, "--latency", "--timeout", "30s"],
      ...[...sent, url],
    ]);
  const status = await statusOf(url, headers);
  if (status !== 200) throw new Error(`${url} answered ${status}`);
  await once(1);
  const words = await once(seconds);
  const found = (pattern: RegExp) => Number(pattern.exec(words)?.[1] ?? 0);
  const refused = found(/Non-2xx or 3xx responses: (\d+)/);
  if (refused > 0 && refused >= found(/(\d+) requests in/))
    throw new Error(`${url} answered nothing but errors`);
  const broken = words.matchAll(/(?:connect|read|write|timeout) (\d+)/g);
  return {
    perSecond: found(/Requests\/sec:\s+([\d.]+)/),
    p50: milliseconds(/50%\s+([\d.]+)(us|ms|s)/.exec(words)),
    p99: milliseconds(/99%\s+([\d.]+)(us|ms|s)/.exec(words)),
    errors: [...broken].reduce((sum, [, count]) => sum + Number(count), refused),
  };
}

function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
      .on("error", reject);
  });
}

const UNITS = { us: 0.001, ms: 1, s: 1000 } as const;

function milliseconds(found: RegExpExecArray | null): number {
  return Number(found?.[1] ?? Number.NaN) * UNITS[(found?.[2] ?? "ms") as keyof typeof UNITS];
}

/** What a program prints. @throws when it fails */
export function said(program: string, words: readonly string[]): Promise<string> {
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk) => (text += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(text) : reject(new Error(`${program} ended with ${code}`)),
    );
  });
}

/** Milliseconds that a step takes. */
export async function timed(step: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await step();
  return performance.now() - begin;
}

/** The milliseconds of so many runs, sorted. */
export async function times(count: number, step: () => Promise<unknown>): Promise<number[]> {
  await step();
  const all: number[] = [];
  for (let run = 0; run < count; run += 1) all.push(await timed(step));
  return all.sort((one, other) => one - other);
}

/** The value below which this share of a sorted list lies. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** How a figure grows with what it is counted along, as a power of it: 0 where it does not, 1 where it is proportional. */
export function slope(figures: readonly { size: number; value: number }[]): number {
  const points = figures.map(({ size, value }) => [Math.log(size), Math.log(value)] as const);
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return over / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
