import "server-only";
import type { NextRequest } from "next/server";

import { preferredLocale, problem } from "./problem";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

type Route<Params> = { params: Promise<Params> };
type Handler<Params> = (request: NextRequest, route: Route<Params>) => Response | Promise<Response>;
type Handlers<Params> = Partial<Record<Method | "OPTIONS", Handler<Params>>>;

/**
 * The handlers of an address for machines, one for each method: what is not among the given is
 * answered 405 with a problem and the methods that are, where Next would answer with nothing.
 */
export function onlyMethods<Params>(
  given: Handlers<Params>,
): Record<Method | "OPTIONS", Handler<Params>> {
  const known = METHODS.filter((method) => given[method]);
  const allow = [...known, ...(given.GET ? ["HEAD"] : []), "OPTIONS"].join(", ");
  const refuse = (request: Request) =>
    problem({
      ...{ code: "method_not_allowed", locale: preferredLocale(request) },
      headers: { Allow: allow },
    });
  const tell = () => new Response(null, { status: 204, headers: { Allow: allow } });
  const handlers = METHODS.map((method) => [method, given[method] ?? refuse] as const);
  return {
    ...(Object.fromEntries(handlers) as Record<Method, Handler<Params>>),
    OPTIONS: given.OPTIONS ?? tell,
  };
}

/** An address under /api where there is nothing, whatever is asked of it. */
export function nothingHere(request: Request): Response {
  return problem({ code: "not_found", locale: preferredLocale(request) });
}
