import { type Attributes, context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-base";

import { log } from "./log";
import type { Step, StepKind, Told, Tracing } from "./traces";

type Collector = {
  /** Its base address: traces go to `/v1/traces` below it. */
  endpoint: string;
  /** name=value, percent-encoded, with commas between */
  headers?: string | undefined;
  /** Between 0 and 1. */
  share: number;
  service: string;
};

const OURS = "gaozhi";
const KINDS: Record<StepKind, SpanKind> = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
};

/**
 * Tells a collector of our own steps and of Next's, which finds this provider by itself. Loaded only
 * where a collector is set (lib/traces.ts). Whoever sends a trace's id along is not followed: the
 * traces are not theirs to write.
 */
export function tellCollector({ endpoint, headers, share, service }: Collector): Tracing {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, "")}/v1/traces`,
    headers: headersIn(headers),
  });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": service }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor(discreet(exporter))],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  const tracer = provider.getTracer(OURS);

  return {
    begin(name, { kind, told = {} }): Step {
      const span = tracer.startSpan(name, { kind: KINDS[kind], attributes: told });
      const within = trace.setSpan(context.active(), span);
      return {
        run: (work) => context.with(within, work),
        end(more: Told = {}, error?: unknown) {
          span.setAttributes(more);
          if (error !== undefined) span.setAttributes(failure(error));
          if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    async close() {
      await provider.shutdown();
      trace.disable();
      context.disable();
    },
  };
}

/** An error by its name and its code: its message may quote what somebody gave. */
function failure(error: unknown): Attributes {
  const { name, code } = error as { name?: unknown; code?: unknown };
  return {
    "error.type": typeof code === "string" ? code : typeof name === "string" ? name : "unknown",
  };
}

function headersIn(text = ""): Record<string, string> {
  const pairs = text.split(",").filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [name, decodeURIComponent(value.join("="))];
    }),
  );
}

/**
 * Hands on what may be told. Of a step of ours, all: it was told with words of ours. Of Next's, which
 * quote the address that was asked for, the kind alone ("AppRender.getBodyResult"). Of no step what an
 * error says.
 */
function discreet(exporter: SpanExporter): SpanExporter {
  let isTaken = true;
  return {
    export(spans, done) {
      exporter.export(spans.map(discreetly), (result) => {
        const isNow = result.code === 0;
        if (isTaken && !isNow) log.warn("the collector does not take our traces");
        isTaken = isNow;
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}

function discreetly(span: ReadableSpan): ReadableSpan {
  const isOurs = span.instrumentationScope.name === OURS;
  const kind = span.attributes["next.span_type"];
  const { parentSpanContext } = span;
  return {
    name: isOurs ? span.name : typeof kind === "string" ? kind : "step",
    attributes: isOurs ? span.attributes : {},
    status: { code: span.status.code },
    ...{ events: [], links: [], droppedEventsCount: 0, droppedLinksCount: 0 },
    kind: span.kind,
    spanContext: () => span.spanContext(),
    ...(parentSpanContext && { parentSpanContext }),
    ...{ startTime: span.startTime, endTime: span.endTime, duration: span.duration },
    ...{ ended: span.ended, droppedAttributesCount: span.droppedAttributesCount },
    ...{ resource: span.resource, instrumentationScope: span.instrumentationScope },
  };
}
