import { env } from "./env";

/** What a step is told with: words of ours and counts, never what somebody gave (docs/decisions/052). */
export type Told = Record<`${string}.${string}`, string | number>;
/** `server` answers somebody, `client` asks somebody, `internal` is neither. */
export type StepKind = "server" | "client" | "internal";
export type Step = {
  /** Runs what belongs to the step; steps that begin in it are its parts. */
  run<Result>(work: () => Result): Result;
  end(told?: Told, error?: unknown): void;
};
export type Tracing = {
  begin(name: string, about: { kind: StepKind; told?: Told }): Step;
  /** Hands over what is left, and ends. */
  close(): Promise<void>;
};

/** Kept on the global object because Next bundles this file more than once. */
declare global {
  var gaozhiTracing: Tracing | undefined;
}

/** From now on steps are told to the collector, where one is set; only then OpenTelemetry is loaded. */
export async function openTraces(service: "gaozhi-web" | "gaozhi-worker"): Promise<void> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: share } = env();
  if (!endpoint || globalThis.gaozhiTracing) return;
  const { tellCollector } = await import("./traces-collector");
  const headers = env().OTEL_EXPORTER_OTLP_HEADERS;
  globalThis.gaozhiTracing = tellCollector({ endpoint, headers, share, service });
}

export async function closeTraces(): Promise<void> {
  const tracing = globalThis.gaozhiTracing;
  globalThis.gaozhiTracing = undefined;
  await tracing?.close();
}

/** Whether steps are told: from the start of the process on, or never. */
export const areTracesMade = (): boolean => globalThis.gaozhiTracing !== undefined;

/** Begins a step that somebody ends; undefined where no traces are made. */
export const beginStep: Tracing["begin"] extends (...given: infer Given) => Step
  ? (...given: Given) => Step | undefined
  : never = (...given) => globalThis.gaozhiTracing?.begin(...given);

/** Work as one step, which fails with it. `tell` says more of the step once it is known. */
export async function traced<Result>(
  name: string,
  about: { kind: StepKind; told?: Told },
  work: (tell: (more: Told) => void) => Promise<Result>,
): Promise<Result> {
  const step = beginStep(name, about);
  const more: Told = {};
  const tell = (told: Told) => void Object.assign(more, told);
  if (!step) return work(tell);
  try {
    const result = await step.run(() => work(tell));
    step.end(more);
    return result;
  } catch (error) {
    step.end(more, error);
    throw error;
  }
}

/**
 * A statement by what it does and to which table, "select deliveries": both are words of our sources;
 * what somebody gave stands in its parameters.
 */
export function statementName(text: string): string {
  const [, act, table] =
    /\b(insert into|update|delete from|from|join)\s+"?([a-z_]+)/i.exec(text) ?? [];
  if (!act || !table) return /^\s*([a-z]+)/i.exec(text)?.[1]?.toLowerCase() ?? "statement";
  const [word = ""] = act.toLowerCase().split(" ");
  return `${["from", "join"].includes(word) ? "select" : word} ${table}`;
}
